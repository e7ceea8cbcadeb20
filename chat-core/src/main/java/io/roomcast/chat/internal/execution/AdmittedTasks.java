package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and limits the tasks that wait or run; safe for use by any thread.
 *
 * <p>Tasks of joins are exempt from the limit, as the number of sessions bounds them.
 */
final class AdmittedTasks {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger exempt = new AtomicInteger();
    private final int max;
    private volatile boolean closed;

    /**
     * Counts no task yet.
     *
     * @param max the most tasks that may wait or run, without the exempt ones
     */
    AdmittedTasks(int max) {
        this.max = max;
    }

    /**
     * Counts a task.
     *
     * @throws ChatException {@code rate_limited} if too many tasks wait or run, {@code server_draining} after {@link
     *     #close}
     */
    void admit() {
        // Counts first and reads the flag then: a close that misses the count is seen here.
        boolean fits = all.incrementAndGet() - exempt.get() <= max;
        if (closed) {
            release();
            throw ChatException.of(ErrorCode.SERVER_DRAINING);
        }
        if (!fits) {
            release();
            throw ChatException.rateLimited(RETRY_AFTER);
        }
    }

    /** Counts a task that belongs to an admitted one, and is never refused. */
    void admitFollowing() {
        all.incrementAndGet();
    }

    /**
     * Counts an exempt task.
     *
     * @throws ChatException {@code server_draining} after {@link #close}
     */
    void admitExempt() {
        admitExemptFollowing();
        if (closed) {
            releaseExempt();
            throw ChatException.of(ErrorCode.SERVER_DRAINING);
        }
    }

    /** Counts an exempt task that belongs to an admitted one, and is never refused. */
    void admitExemptFollowing() {
        exempt.incrementAndGet();
        all.incrementAndGet();
    }

    void release() {
        if (all.decrementAndGet() == 0 && closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    void releaseExempt() {
        exempt.decrementAndGet();
        release();
    }

    int count() {
        return all.get();
    }

    boolean isClosed() {
        return closed;
    }

    /** Refuses further tasks, and blocks until all have ended. Returns false if that takes longer than the timeout. */
    synchronized boolean close(Duration timeout) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        while (all.get() > 0) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }
}
