package io.roomcast.chat.internal.port;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sets timers until the chat is closed, after which nothing is waited for; safe for use by any thread. */
public final class SafeScheduler {
    private static final Future<?> NEVER = CompletableFuture.completedFuture(null);

    private final ScheduledExecutorService scheduler;

    public SafeScheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs the task after the given time, unless it is cancelled. */
    public Future<?> schedule(Duration wait, Runnable task) {
        try {
            return scheduler.schedule(task, TimeUnit.NANOSECONDS.convert(wait), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return NEVER;
        }
    }
}
