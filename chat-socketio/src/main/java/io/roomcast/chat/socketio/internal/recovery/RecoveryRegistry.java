package io.roomcast.chat.socketio.internal.recovery;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.socketio.internal.wire.HandshakeDecoder.Claim;
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
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO's own connection state recovery: lets a client whose connection was lost have its session again, if it
 * names the secret id that it was given (<a href="https://socket.io/docs/v4/connection-state-recovery">its
 * documentation</a>).
 *
 * <p>Nothing that was told is kept, only which rooms the client was in and how far it had come; the chat tells the rest
 * out of its store. Safe for use by any thread.
 */
public final class RecoveryRegistry {
    /** How long a session waits for its client. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How many sessions wait; beyond that the longest waiting one is given up. */
    static final int MOST = 10_000;

    private final Map<String, RecoverableConnection> running = new ConcurrentHashMap<>();
    private final Map<String, Lost> lost = new LinkedHashMap<>();
    private final Clock clock;
    private final BiConsumer<Duration, Runnable> timer;
    private boolean isTimed;

    /** Creates a recovery with the given clock. */
    public RecoveryRegistry(Clock clock) {
        this(clock, RecoveryRegistry::runLater);
    }

    /**
     * Creates a recovery with the given clock and timer.
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
     * A session that lost its client.
     *
     * @param session what is known of it
     * @param rooms which rooms it was in
     * @param since when it ended
     */
    private record Lost(RecoverableConnection session, Set<String> rooms, Instant since) {}

    /** A session begins whose client can come back by the secret. */
    void begin(String secret, RecoverableConnection session) {
        running.put(secret, session);
    }

    /** The session has ended, and its client will not come back. */
    void end(String secret) {
        running.remove(secret);
    }

    /** The session has ended, and was in these rooms; its client may come back. */
    void lose(String secret, RecoverableConnection session, Set<String> rooms) {
        synchronized (lost) {
            lost.put(secret, new Lost(session, rooms, clock.instant()));
            forgetOld();
            forgetLater();
        }
        running.remove(secret);
    }

    /**
     * Schedules the removal of expired sessions, with one timer for all of them. The timer does not keep a stopped
     * server in memory.
     */
    private void forgetLater() {
        if (!isTimed && !lost.isEmpty()) {
            isTimed = true;
            WeakReference<RecoveryRegistry> self = new WeakReference<>(this);
            timer.accept(PATIENCE.plusMillis(1), () -> forgetOldOf(self));
        }
    }

    private static void forgetOldOf(WeakReference<RecoveryRegistry> self) {
        RecoveryRegistry recovery = self.get();
        if (recovery != null) {
            synchronized (recovery.lost) {
                recovery.isTimed = false;
                recovery.forgetOld();
                recovery.forgetLater();
            }
        }
    }

    /** Returns the number of sessions that wait for their clients. */
    int waiting() {
        synchronized (lost) {
            return lost.size();
        }
    }

    private void forgetOld() {
        Iterator<Lost> oldestFirst = lost.values().iterator();
        boolean tooMany = lost.size() > MOST;
        while (oldestFirst.hasNext() && (isOver(oldestFirst.next()) || tooMany)) {
            oldestFirst.remove();
            tooMany = false;
        }
    }

    private boolean isOver(Lost session) {
        return session.since().isBefore(clock.instant().minus(PATIENCE));
    }

    /** The claimed session, if its connection is not known to be lost. */
    Optional<RecoverableConnection> running(Claim claim) {
        return Optional.ofNullable(running.get(claim.secret()));
    }

    /** Gives a lost session to its user, if it is there and what its client missed is known. */
    Optional<Recovered> take(Claim claim, Principal principal) {
        synchronized (lost) {
            Lost session = lost.get(claim.secret());
            if (session == null || isOver(session) || !session.session().belongsTo(principal)) {
                return Optional.empty();
            }
            lost.remove(claim.secret());
            return session.session().recovered(claim, session.rooms(), session.since());
        }
    }

    /**
     * A session that gets its client again.
     *
     * @param id its public id
     * @param claim what the client knows
     * @param known how far the client has come in the rooms that it was in
     * @param since since when it has missed what happened
     */
    public record Recovered(String id, Claim claim, Resume known, Instant since) {
        String secret() {
            return claim.secret();
        }

        @Nullable
        String offset() {
            return claim.offset();
        }

        /** How to tell it what it missed. */
        public Replay replay() {
            return new Replay(known.rooms(), since);
        }
    }
}
