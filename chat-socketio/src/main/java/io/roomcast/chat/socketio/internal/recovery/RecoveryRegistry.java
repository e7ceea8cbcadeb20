package io.roomcast.chat.socketio.internal.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.packet.RecoveryRequest;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recoverable sessions of a server, by their secret ids: those with an open connection, and the persisted ones whose
 * connection was lost (<a href="https://socket.io/docs/v4/connection-state-recovery">Socket.IO's documentation</a>).
 *
 * <p>In a cluster, a lost session is kept where all nodes find it, and here only while that is not possible.
 *
 * <p>Keeps no packets. It keeps the rooms of a session and the client's position in each, and the chat reads missed
 * messages from its store. Safe for use by any thread; never blocks.
 */
public final class RecoveryRegistry implements ConnectionRecovery.Factory {
    /** How long a session can be restored. */
    static final Duration MAX_DISCONNECTION = Duration.ofMinutes(2);

    /** How long another node may take to return a session. */
    static final Duration MAX_WAIT = Duration.ofSeconds(1);

    /** The maximum number of persisted sessions. One more removes the oldest. */
    static final int MAX_PERSISTED = 10_000;

    private final Map<String, RecoverableConnection> open = new ConcurrentHashMap<>();

    /** The secret ids of those sessions by their hashes, with which other nodes ask for them. */
    private final Map<String, String> openByHash = new ConcurrentHashMap<>();

    /** The persisted sessions, oldest first; guarded by itself. */
    private final Map<String, LostSession> persisted = new LinkedHashMap<>();

    private final SharedSessions shared;
    private final Clock clock;
    private final BiConsumer<Duration, Runnable> timer;

    /** Whether the removal of expired sessions is scheduled. */
    @GuardedBy("persisted")
    private boolean isScheduled;

    /** Creates an empty registry. */
    public RecoveryRegistry(SharedSessions shared, Clock clock) {
        this(shared, clock, RecoveryRegistry::runLater);
    }

    /**
     * Creates an empty registry.
     *
     * @param timer runs a task after a delay; does not block
     */
    RecoveryRegistry(SharedSessions shared, Clock clock, BiConsumer<Duration, Runnable> timer) {
        this.shared = shared;
        this.clock = clock;
        this.timer = timer;
        shared.onRelease(this::release);
    }

    private static void runLater(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }

    @Override
    public ConnectionRecovery create(Consumer<Runnable> evict) {
        return new RecoverableConnection(this, evict);
    }

    /** Adds a session with an open connection. */
    void opened(String pid, RecoverableConnection session) {
        open.put(pid, session);
        openByHash.put(hash(pid), pid);
    }

    private static String hash(String pid) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pid.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }

    /** Ends an open session that its client wants to recover on another node. */
    private void release(String hash, @Nullable String userId, Runnable done) {
        String pid = openByHash.get(hash);
        RecoverableConnection session = pid == null ? null : open.get(pid);
        if (session != null && session.belongsTo(userId)) {
            session.evict(done);
        }
    }

    /** Removes a session that cannot be restored. */
    void discard(String pid) {
        open.remove(pid);
        openByHash.remove(hash(pid));
    }

    /** Keeps a session whose connection was lost. */
    void closed(String pid, Optional<LostSession> session) {
        session.ifPresent(lost -> persist(pid, lost));
        discard(pid);
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Keeps a session for the rest of its time, in one place only: the other nodes do not know which one its client
     * reconnects to, and a second copy would soon be outdated.
     */
    void persist(String pid, LostSession session) {
        Duration left = Duration.between(clock.instant(), session.lostAt().plus(MAX_DISCONNECTION));
        if (left.toMillis() <= 0 || shared.keep(pid, LostSessionCodec.encode(session), left)) {
            return;
        }
        synchronized (persisted) {
            persisted.put(pid, session);
            removeExpired();
            scheduleRemoval();
        }
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
        Iterator<LostSession> oldestFirst = persisted.values().iterator();
        boolean isFull = persisted.size() > MAX_PERSISTED;
        while (oldestFirst.hasNext() && (isExpired(oldestFirst.next()) || isFull)) {
            oldestFirst.remove();
            isFull = false;
        }
    }

    private boolean isExpired(LostSession session) {
        return session.lostAt().isBefore(clock.instant().minus(MAX_DISCONNECTION));
    }

    /** Returns the requested session if its connection is open. */
    Optional<RecoverableConnection> open(RecoveryRequest request) {
        return Optional.ofNullable(open.get(request.pid()));
    }

    /**
     * Removes and returns the requested session if it is the user's. The result never fails: a session that another node
     * does not return in time counts as unknown.
     */
    CompletionStage<Optional<LostSession>> find(RecoveryRequest request, Principal principal) {
        synchronized (persisted) {
            LostSession here = persisted.get(request.pid());
            if (here != null) {
                boolean isFound = !isExpired(here) && here.belongsTo(principal);
                return CompletableFuture.completedStage(
                        isFound ? Optional.ofNullable(persisted.remove(request.pid())) : Optional.empty());
            }
        }
        return shared.take(request.pid(), principal.userId())
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(Optional.empty(), MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(disconnected -> Optional.empty())
                .thenApply(taken -> taken.flatMap(bytes -> LostSessionCodec.decode(request.pid(), bytes)))
                .thenApply(taken -> taken.filter(session -> isOf(principal, session)));
    }

    /** Returns whether the session is the user's. One that is not goes back to where it was. */
    private boolean isOf(Principal principal, LostSession session) {
        boolean belongs = session.belongsTo(principal);
        if (!belongs) {
            persist(session.pid(), session);
        }
        return belongs && !isExpired(session);
    }
}
