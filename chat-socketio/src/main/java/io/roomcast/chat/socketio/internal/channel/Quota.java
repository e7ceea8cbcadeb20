package io.roomcast.chat.socketio.internal.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits the number of resources that each client holds. Safe for use by any thread. */
public final class Quota {
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final int limit;

    /** Creates quotas of the given size. */
    public Quota(int limit) {
        this.limit = limit;
    }

    /** Counts one more resource. Returns false, without counting, if the client holds the maximum already. */
    public boolean tryAcquire(String client) {
        int[] before = {0};
        held.compute(client, (key, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(limit, before[0] + 1);
        });
        return before[0] < limit;
    }

    /** Counts one resource less. */
    public void release(String client) {
        held.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
