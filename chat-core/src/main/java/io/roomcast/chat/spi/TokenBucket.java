package io.roomcast.chat.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens, kept as the time at which it will be full again: the generic cell rate algorithm of ITU-T
 * recommendation I.371. Safe for use by several threads.
 */
final class TokenBucket {
    private final AtomicLong fullAt;

    TokenBucket(long now) {
        fullAt = new AtomicLong(now);
    }

    /** Takes a token and answers zero, or takes none and answers the nanoseconds until there is one. */
    long take(long now, long interval, long tolerance) {
        return take(now, interval, tolerance, 1);
    }

    /**
     * Takes several tokens and returns zero, or takes none and returns the nanoseconds until there are so many; where the
     * bucket never holds so many, a full one is enough.
     */
    long take(long now, long interval, long tolerance, long weight) {
        long cost = Math.min(interval * weight, tolerance + interval);
        long most = tolerance + interval - cost;
        while (true) {
            long before = fullAt.get();
            long debt = Math.max(0, before - now);
            if (debt > most) {
                return debt - most;
            }
            if (fullAt.compareAndSet(before, now + debt + cost)) {
                return 0;
            }
        }
    }

    /** Whether nothing is missing, so that a new bucket would be no other. */
    boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
