package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task periodically on a separate daemon thread until closed. */
final class PeriodicTask {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private final ScheduledExecutorService timer;

    private PeriodicTask(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Starts the task, which first runs after one interval. A failure is logged and does not stop later runs.
     */
    static PeriodicTask every(Duration interval, Runnable task) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "roomcast-start");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> run(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return new PeriodicTask(timer);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            log.debug("a periodic task of the startup failed; it runs again after its interval", failure);
        }
    }

    /** Stops the task and interrupts a running one. */
    void close() {
        timer.shutdownNow();
    }
}
