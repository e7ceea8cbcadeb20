package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers when users were last online, for those who went offline most recently; safe for use by any thread. */
final class LastSeen {
    private static final int MAX_USERS = 10_000;

    /** In order of going offline. */
    @GuardedBy("this")
    private final Map<String, Instant> times = new LinkedHashMap<>();

    /**
     * Records that a user went offline. Forgets the user who has been offline for longest if there are too many, and
     * returns that user, or null.
     */
    synchronized @Nullable String record(String userId, Instant at) {
        times.remove(userId);
        times.put(userId, at);
        if (times.size() <= MAX_USERS) {
            return null;
        }
        String oldest = times.keySet().iterator().next();
        times.remove(oldest);
        return oldest;
    }

    synchronized void forget(String userId) {
        times.remove(userId);
    }

    /** Returns when the user was last online, or null if unknown. */
    synchronized @Nullable Instant at(String userId) {
        return times.get(userId);
    }
}
