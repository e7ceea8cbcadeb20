package io.roomcast.chat.internal.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits how often something happens for each key: once in an interval. Safe for use by any thread. */
final class IntervalThrottle {
    /** The number of keys that are remembered. A key that is forgotten may be early once. */
    private static final int MAX_KEYS = 4_096;

    private final long intervalMillis;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Long> lastByKey = new LinkedHashMap<>();

    IntervalThrottle(Duration interval, Clock clock) {
        this.intervalMillis = interval.toMillis();
        this.clock = clock;
    }

    /** Returns whether the interval since the last time is over. */
    synchronized boolean isDue(String key) {
        Long last = lastByKey.get(key);
        // A clock that was set back ends the interval.
        return last == null || clock.millis() < last || clock.millis() - last >= intervalMillis;
    }

    /** As {@link #isDue}, and begins the next interval if so. */
    synchronized boolean tryPass(String key) {
        boolean isDue = isDue(key);
        if (isDue) {
            lastByKey.remove(key);
            lastByKey.put(key, clock.millis());
            forgetOldest();
        }
        return isDue;
    }

    @GuardedBy("this")
    private void forgetOldest() {
        if (lastByKey.size() > MAX_KEYS) {
            Iterator<String> oldest = lastByKey.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
