package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how often one write is retried, and pauses between attempts. For one thread.
 *
 * <p>A pause is as long as the attempts were, so it adapts to the distance of the database.
 */
final class RetryBudget {
    private static final int FREE_RETRIES = 2;
    private static final int LONGEST_PAUSE_EXPONENT = 3;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long startedAt = System.nanoTime();
    private final Duration ofFailures;
    private final Duration ofMeetings;
    private long triedAt = startedAt;
    private int failures;
    private int meetings;

    RetryBudget(Duration budget) {
        this(budget, budget);
    }

    /**
     * Starts the budget now.
     *
     * @param ofFailures how long a write is tried again while the database fails
     * @param ofMeetings how long it is while other nodes write first, which shows that the database works
     */
    RetryBudget(Duration ofFailures, Duration ofMeetings) {
        this.ofFailures = ofFailures;
        this.ofMeetings = ofMeetings;
    }

    /**
     * Allows another attempt after a failure of the database, and pauses before it.
     *
     * @return false at once if there is no time left or the thread is interrupted
     */
    boolean allowsAnother() {
        if (isOver(ofFailures)) {
            return false;
        }
        failures++;
        pause(failures - FREE_RETRIES);
        return true;
    }

    /**
     * Allows another attempt after another node wrote first, and pauses before it.
     *
     * @return false at once if there is no time left or the thread is interrupted
     */
    boolean allowsAnotherAfterMeeting() {
        if (isOver(ofMeetings)) {
            return false;
        }
        meetings++;
        pause(meetings);
        return true;
    }

    private boolean isOver(Duration budget) {
        return System.nanoTime() - startedAt >= budget.toNanos()
                || Thread.currentThread().isInterrupted();
    }

    /** Random, so that nodes that met once do not meet again. */
    private void pause(int exponent) {
        if (exponent > 0) {
            long tryNanos = Math.max(SHORTEST_NANOS, System.nanoTime() - triedAt);
            long longest = Math.min(LONGEST_NANOS, tryNanos << Math.min(exponent, LONGEST_PAUSE_EXPONENT));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
        triedAt = System.nanoTime();
    }
}
