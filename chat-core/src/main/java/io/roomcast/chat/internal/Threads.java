package io.roomcast.chat.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Of all pools this one wakes the fewest threads when much comes at once, and it never blocks who brings it. */
    private static ExecutorService newWorkers() {
        AtomicInteger made = new AtomicInteger();
        return new ForkJoinPool(WORKERS, pool -> newWorker(pool, made.incrementAndGet()), null, true);
    }

    private static ForkJoinWorkerThread newWorker(ForkJoinPool pool, int number) {
        ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName("roomcast-worker-" + number);
        return worker;
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
