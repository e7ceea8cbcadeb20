package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits the time during which one write is retried, and pauses between attempts. For one thread.
 *
 * <p>The bound of a pause grows with the duration of the last attempt, so it adapts to the distance of the database.
 */
final class RetryBudget {
    private static final int FREE_RETRIES = 2;
    private static final int MAX_PAUSE_EXPONENT = 3;
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long startedAt = System.nanoTime();
    private final Duration forFailures;
    private final Duration forConflicts;
    private long attemptedAt = startedAt;
    private int failures;
    private int conflicts;

    /** Starts one budget for failures and conflicts now. */
    RetryBudget(Duration budget) {
        this(budget, budget);
    }

    /**
     * Starts the budget now.
     *
     * @param forFailures how long a write is retried while the database fails
     * @param forConflicts how long a write is retried while other nodes write first; the database then works
     */
    RetryBudget(Duration forFailures, Duration forConflicts) {
        this.forFailures = forFailures;
        this.forConflicts = forConflicts;
    }

    /**
     * Pauses before another attempt after a failure of the database. Returns true if there may be one.
     *
     * @return false, without a pause, if the budget is spent or the thread is interrupted
     */
    boolean allowsRetryAfterFailure() {
        if (isSpent(forFailures)) {
            return false;
        }
        failures++;
        pause(failures - FREE_RETRIES);
        return true;
    }

    /**
     * Pauses before another attempt after another node wrote first. Returns true if there may be one.
     *
     * @return false, without a pause, if the budget is spent or the thread is interrupted
     */
    boolean allowsRetryAfterConflict() {
        if (isSpent(forConflicts)) {
            return false;
        }
        conflicts++;
        pause(conflicts);
        return true;
    }

    private boolean isSpent(Duration budget) {
        return System.nanoTime() - startedAt >= budget.toNanos()
                || Thread.currentThread().isInterrupted();
    }

    /** Pauses for a random time, so that nodes that conflicted once do not conflict again. */
    private void pause(int exponent) {
        if (exponent > 0) {
            long attemptNanos = Math.max(MIN_PAUSE_NANOS, System.nanoTime() - attemptedAt);
            long longest = Math.min(MAX_PAUSE_NANOS, attemptNanos << Math.min(exponent, MAX_PAUSE_EXPONENT));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
        attemptedAt = System.nanoTime();
    }
}
