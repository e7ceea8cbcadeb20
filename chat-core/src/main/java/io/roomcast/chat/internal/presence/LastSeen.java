package io.roomcast.chat.internal.presence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When users were here last, of those who went last; safe for use by any thread. */
final class LastSeen {
    private static final int MOST = 10_000;

    private final Map<String, Instant> seen = new LinkedHashMap<>();

    /** Notes that a user went, and forgets who has been away for longest where too many are known. */
    synchronized void note(String userId, Instant at) {
        seen.remove(userId);
        seen.put(userId, at);
        if (seen.size() > MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    synchronized void forget(String userId) {
        seen.remove(userId);
    }

    synchronized @Nullable Instant at(String userId) {
        return seen.get(userId);
    }
}
