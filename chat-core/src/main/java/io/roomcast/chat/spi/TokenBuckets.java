package io.roomcast.chat.spi;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Buckets by caller and rate. Those that are full again are dropped once there are twice as many as after the last time,
 * so that dropping costs each caller next to nothing.
 */
final class TokenBuckets implements RateLimiter {
    private static final int FEW = 10_000;

    private enum Rate {
        SEND(5, 20),
        TYPE(2, 5),
        JOIN(20, 100),
        OTHER(20, 40);

        private final long interval;
        private final long tolerance;

        Rate(long perSecond, long burst) {
            this.interval = 1_000_000_000L / perSecond;
            this.tolerance = interval * (burst - 1);
        }

        static Rate of(Optional<Action> action) {
            return action.map(Rate::of).orElse(OTHER);
        }

        private static Rate of(Action action) {
            return switch (action) {
                case SEND -> SEND;
                case TYPE -> TYPE;
                case JOIN -> JOIN;
                case READ -> OTHER;
            };
        }
    }

    private record Key(String caller, Rate rate) {}

    private final ConcurrentHashMap<Key, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile int many = FEW;

    TokenBuckets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Duration acquire(String caller, Command<?> command) {
        Rate rate = Rate.of(command.action());
        long now = nanoTime.getAsLong();
        TokenBucket bucket = buckets.computeIfAbsent(new Key(caller, rate), key -> new TokenBucket(now));
        long wait = bucket.take(now, rate.interval, rate.tolerance);
        if (buckets.size() > many) {
            dropFull(now);
        }
        return wait == 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }

    private void dropFull(long now) {
        buckets.values().removeIf(bucket -> bucket.isFull(now));
        many = Math.max(FEW, 2 * buckets.size());
    }

    int size() {
        return buckets.size();
    }
}
