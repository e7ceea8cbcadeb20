package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How often, and after which pauses, one write is tried again before it fails. For one thread.
 *
 * <p>Pauses are as long as the tries were: what a distant database needs is not what a near one does.
 */
final class Patience {
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

    Patience(Duration budget) {
        this(budget, budget);
    }

    /**
     * Begins now.
     *
     * @param ofFailures how long a write is tried again while the database fails
     * @param ofMeetings how long it is while other nodes write first, which shows that the database works
     */
    Patience(Duration ofFailures, Duration ofMeetings) {
        this.ofFailures = ofFailures;
        this.ofMeetings = ofMeetings;
    }

    /**
     * Allows another try after a failure of the database, and pauses before it.
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
     * Allows another try after another node's write came first, and pauses before it.
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
