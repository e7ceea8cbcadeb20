package io.roomcast.chat.socketio.internal.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the resources that each client holds, up to a limit. Safe for use by several threads. */
public final class Quota {
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final int limit;

    public Quota(int limit) {
        this.limit = limit;
    }

    /** Counts one more; returns false, without counting, if the client is at its limit. */
    public boolean take(String client) {
        int[] before = {0};
        held.compute(client, (key, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(limit, before[0] + 1);
        });
        return before[0] < limit;
    }

    /** Counts one less. */
    public void giveBack(String client) {
        held.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
