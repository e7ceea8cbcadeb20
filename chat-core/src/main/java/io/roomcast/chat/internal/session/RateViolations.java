package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how often each session exceeds its rate, to find clients that never back off. Safe for use by any thread.
 */
final class RateViolations {
    /** The number of violations within the window at which a session is closed. */
    private static final int MAX_VIOLATIONS = 100;

    private static final long WINDOW_MILLIS = Duration.ofSeconds(10).toMillis();

    private final ConcurrentHashMap<Session, Deque<Long>> violations = new ConcurrentHashMap<>();
    private final RoomRegistry rooms;
    private final Clock clock;

    RateViolations(RoomRegistry rooms, Clock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    /** Records a violation. Returns true if the session is open and has just reached the maximum. */
    boolean record(Session session) {
        boolean[] isAbuse = {false};
        violations.compute(session, (key, found) -> {
            Deque<Long> times = found == null ? new ArrayDeque<>() : found;
            isAbuse[0] = add(times, clock.millis());
            return times;
        });
        if (!rooms.isOpen(session)) {
            forget(session);
            return false;
        }
        return isAbuse[0];
    }

    private static boolean add(Deque<Long> times, long now) {
        times.removeIf(time -> now - time >= WINDOW_MILLIS);
        times.add(now);
        return times.size() == MAX_VIOLATIONS;
    }

    /** Forgets a session that has ended. */
    void forget(Session session) {
        violations.remove(session);
    }

    /** Returns the number of sessions with violations. */
    int size() {
        return violations.size();
    }
}
