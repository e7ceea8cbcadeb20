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
        while (true) {
            long before = fullAt.get();
            long debt = Math.max(0, before - now);
            if (debt > tolerance) {
                return debt - tolerance;
            }
            if (fullAt.compareAndSet(before, now + debt + interval)) {
                return 0;
            }
        }
    }

    /** Whether nothing is missing, so that a new bucket would be no other. */
    boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
