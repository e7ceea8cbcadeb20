package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how often sessions are refused for asking too often; safe for use by any thread. */
final class RateViolations {
    private static final int TOO_MANY = 100;
    private static final long WITHIN_MILLIS = Duration.ofSeconds(10).toMillis();

    private final ConcurrentHashMap<Session, Deque<Long>> breaches = new ConcurrentHashMap<>();
    private final RoomRegistry rooms;
    private final Clock clock;

    RateViolations(RoomRegistry rooms, Clock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    /** Counts one more; true if the session, which was open so far, has gone too far now. */
    boolean note(Session session) {
        boolean[] tooMany = {false};
        breaches.compute(session, (key, found) -> {
            Deque<Long> times = found == null ? new ArrayDeque<>() : found;
            tooMany[0] = add(times, clock.millis());
            return times;
        });
        if (!rooms.isOpen(session)) {
            end(session);
            return false;
        }
        return tooMany[0];
    }

    private static boolean add(Deque<Long> times, long now) {
        times.removeIf(time -> now - time >= WITHIN_MILLIS);
        times.add(now);
        return times.size() == TOO_MANY;
    }

    /** The session is over. */
    void end(Session session) {
        breaches.remove(session);
    }

    /** How many sessions were refused something. */
    int size() {
        return breaches.size();
    }
}
