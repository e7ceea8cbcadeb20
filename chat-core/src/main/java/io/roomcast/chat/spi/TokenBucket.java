package io.roomcast.chat.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket that stores only the time at which it is full again: the generic cell rate algorithm of ITU-T
 * recommendation I.371. Safe for use by any thread.
 */
final class TokenBucket {
    private final AtomicLong fullAt;

    TokenBucket(long now) {
        fullAt = new AtomicLong(now);
    }

    /** Takes a token and returns zero. If there is none, returns the nanoseconds until there is one. */
    long take(long now, long interval, long tolerance) {
        return take(now, interval, tolerance, 1);
    }

    /**
     * Takes several tokens and returns zero. If there are too few, takes none and returns the nanoseconds until there
     * are enough. If the bucket can never hold as many, a full one is enough.
     */
    long take(long now, long interval, long tolerance, long weight) {
        long cost = Math.min(interval * weight, tolerance + interval);
        long maxDebt = tolerance + interval - cost;
        while (true) {
            long before = fullAt.get();
            long debt = Math.max(0, before - now);
            if (debt > maxDebt) {
                return debt - maxDebt;
            }
            if (fullAt.compareAndSet(before, now + debt + cost)) {
                return 0;
            }
        }
    }

    /** Returns whether the bucket is full, so that a new one would be equal to it. */
    boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
