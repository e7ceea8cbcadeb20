package io.roomcast.chat.mongo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a task on a thread of its own until closed, while another thread works. */
final class PeriodicTask {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private final ScheduledExecutorService timer;

    private PeriodicTask(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Runs the task after each interval. A failure of the task stops neither the heartbeat nor the other thread's work.
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
            log.debug("cannot report the progress", failure);
        }
    }

    void close() {
        timer.shutdownNow();
    }
}
