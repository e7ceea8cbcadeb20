package io.roomcast.chat.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The host's threads, or else our own, of which only our own are ended by us. */
final class Threads implements AutoCloseable {
    /** Stores block, so there are more threads than cores. */
    private static final int WORKERS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private final List<ExecutorService> own = new ArrayList<>(2);
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    Threads(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
        this.executor = executor == null ? own(newWorkers()) : executor;
        this.scheduler = scheduler == null ? own(newScheduler()) : scheduler;
    }

    private <E extends ExecutorService> E own(E made) {
        own.add(made);
        return made;
    }

    /** Network threads hand commands over, so neither the queue nor a thread that is yet to start may hold a lock. */
    private static ExecutorService newWorkers() {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new LinkedTransferQueue<>(),
                new DaemonThreads("roomcast-worker"));
        made.prestartAllCoreThreads();
        return made;
    }

    private static ScheduledExecutorService newScheduler() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, new DaemonThreads("roomcast-timer"));
        made.setRemoveOnCancelPolicy(true);
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return made;
    }

    Executor executor() {
        return executor;
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Timers end at once, commands when they are done. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdown);
    }
}
