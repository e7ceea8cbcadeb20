package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks later on a daemon thread of its own, which ends while there is nothing to run. */
final class IdleTimer {
    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer;

    /** Creates a timer without a thread. */
    IdleTimer(String threadName) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Runs a task once after a delay. Has no effect after the timer was stopped. */
    void schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Discards the tasks that have not begun. */
    void stop() {
        timer.shutdown();
    }

    /** Discards the tasks that have not begun, and interrupts a running one. */
    void stopNow() {
        timer.shutdownNow();
    }
}
