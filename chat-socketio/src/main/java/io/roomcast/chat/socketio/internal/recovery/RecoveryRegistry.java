package io.roomcast.chat.socketio.internal.recovery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recoverable sessions of a server, by their secret ids: those with an open connection, and the persisted ones whose
 * connection was lost (<a href="https://socket.io/docs/v4/connection-state-recovery">Socket.IO's documentation</a>).
 *
 * <p>Keeps no packets. It keeps the rooms of a session and the client's position in each, and the chat reads missed
 * messages from its store. Safe for use by any thread; never blocks.
 */
public final class RecoveryRegistry implements ConnectionRecovery.Factory {
    /** How long a session can be restored. */
    static final Duration MAX_DISCONNECTION = Duration.ofMinutes(2);

    /** The maximum number of persisted sessions. One more removes the oldest. */
    static final int MAX_PERSISTED = 10_000;

    private final Map<String, RecoverableConnection> open = new ConcurrentHashMap<>();

    /** The persisted sessions, oldest first; guarded by itself. */
    private final Map<String, Persisted> persisted = new LinkedHashMap<>();

    private final Clock clock;
    private final BiConsumer<Duration, Runnable> timer;

    /** Whether the removal of expired sessions is scheduled. */
    @GuardedBy("persisted")
    private boolean isScheduled;

    /** Creates an empty registry with the given clock. */
    public RecoveryRegistry(Clock clock) {
        this(clock, RecoveryRegistry::runLater);
    }

    /**
     * Creates an empty registry with the given clock and timer.
     *
     * @param timer runs a task after a delay; does not block
     */
    public RecoveryRegistry(Clock clock, BiConsumer<Duration, Runnable> timer) {
        this.clock = clock;
        this.timer = timer;
    }

    private static void runLater(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }

    /**
     * A session whose connection was lost.
     *
     * @param session the session
     * @param rooms the rooms that it was in
     * @param lostAt when the connection was lost
     */
    private record Persisted(RecoverableConnection session, Set<String> rooms, Instant lostAt) {}

    @Override
    public ConnectionRecovery create(Consumer<Runnable> evict) {
        return new RecoverableConnection(this, evict);
    }

    /** Adds a session with an open connection. */
    void opened(String pid, RecoverableConnection session) {
        open.put(pid, session);
    }

    /** Removes a session that cannot be restored. */
    void discard(String pid) {
        open.remove(pid);
    }

    /** Keeps a session whose connection was lost. */
    void persist(String pid, RecoverableConnection session, Set<String> rooms) {
        synchronized (persisted) {
            persisted.put(pid, new Persisted(session, rooms, clock.instant()));
            removeExpired();
            scheduleRemoval();
        }
        open.remove(pid);
    }

    /**
     * Schedules the removal of expired sessions, with one timer for all of them. The timer does not keep a stopped
     * server in memory.
     */
    @GuardedBy("persisted")
    private void scheduleRemoval() {
        if (!isScheduled && !persisted.isEmpty()) {
            isScheduled = true;
            WeakReference<RecoveryRegistry> self = new WeakReference<>(this);
            timer.accept(MAX_DISCONNECTION.plusMillis(1), () -> removeExpired(self.get()));
        }
    }

    private static void removeExpired(@Nullable RecoveryRegistry registry) {
        if (registry != null) {
            synchronized (registry.persisted) {
                registry.isScheduled = false;
                registry.removeExpired();
                registry.scheduleRemoval();
            }
        }
    }

    /** Returns the number of persisted sessions. */
    int size() {
        synchronized (persisted) {
            return persisted.size();
        }
    }

    @GuardedBy("persisted")
    private void removeExpired() {
        Iterator<Persisted> oldestFirst = persisted.values().iterator();
        boolean isFull = persisted.size() > MAX_PERSISTED;
        while (oldestFirst.hasNext() && (isExpired(oldestFirst.next()) || isFull)) {
            oldestFirst.remove();
            isFull = false;
        }
    }

    private boolean isExpired(Persisted session) {
        return session.lostAt().isBefore(clock.instant().minus(MAX_DISCONNECTION));
    }

    /** Returns the requested session if its connection is open. */
    Optional<RecoverableConnection> open(RecoveryRequest request) {
        return Optional.ofNullable(open.get(request.pid()));
    }

    /** Removes the requested session if it is the user's, and returns it if the client's position is known. */
    Optional<RestoredSession> restore(RecoveryRequest request, Principal principal) {
        synchronized (persisted) {
            Persisted found = persisted.get(request.pid());
            if (found == null || isExpired(found) || !found.session().belongsTo(principal)) {
                return Optional.empty();
            }
            persisted.remove(request.pid());
            return found.session().restored(request, found.rooms(), found.lostAt());
        }
    }
}
