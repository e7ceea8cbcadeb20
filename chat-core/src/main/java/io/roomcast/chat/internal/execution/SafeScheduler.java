package io.roomcast.chat.internal.execution;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sets timers, and ignores them once the scheduler has shut down. Safe for use by any thread. */
public final class SafeScheduler {
    private static final Future<?> NEVER = CompletableFuture.completedFuture(null);

    private final ScheduledExecutorService scheduler;

    public SafeScheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Runs the task once after the delay, unless it is cancelled. The task must not block. Returns a completed future, and
     * never runs the task, if the scheduler has shut down.
     */
    public Future<?> schedule(Duration delay, Runnable task) {
        try {
            return scheduler.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return NEVER;
        }
    }
}
