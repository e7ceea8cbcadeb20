package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How often, and after which pauses, one append is tried again before it fails. For one thread. */
final class Patience {
    private static final int FREE_RETRIES = 2;
    private static final int LONGEST_PAUSE_EXPONENT = 6;

    private final long deadlineNanos;
    private int retries;

    Patience(Duration budget) {
        this.deadlineNanos = System.nanoTime() + budget.toNanos();
    }

    /** Pauses before another try; false at once if there is no time left or the thread is interrupted. */
    boolean allowsAnother() {
        if (System.nanoTime() - deadlineNanos >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (++retries > FREE_RETRIES) {
            LockSupport.parkNanos(pauseNanos());
        }
        return true;
    }

    /** Random, so that nodes that met once do not meet again. */
    private long pauseNanos() {
        int exponent = Math.min(retries - FREE_RETRIES, LONGEST_PAUSE_EXPONENT);
        return ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(1L << exponent));
    }
}
