package io.roomcast.chat.socketio.redis;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The pauses between attempts to connect: 50 ms, then twice as long each time up to 2 s, shortened at random by up to a half. */
final class Backoff {
    private static final long MIN_MILLIS = 50;
    private static final long MAX_MILLIS = 2_000;

    private long millis = MIN_MILLIS;

    void reset() {
        millis = MIN_MILLIS;
    }

    long nextNanos() {
        long pause = millis;
        millis = Math.min(MAX_MILLIS, 2 * millis);
        return TimeUnit.MILLISECONDS.toNanos(pause) / 2
                + ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(pause) / 2);
    }
}
