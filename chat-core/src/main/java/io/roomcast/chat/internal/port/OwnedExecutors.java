package io.roomcast.chat.internal.port;

import io.roomcast.chat.internal.execution.SafeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Provides the executors of a chat: the host's if given, else its own. Shuts down only its own. */
public final class OwnedExecutors implements AutoCloseable {
    /** More threads than processors, as calls of the store block. */
    private static final int WORKERS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    /** The most threads on which futures complete; a host's callbacks may block them. */
    private static final int MAX_COMPLETIONS = 256;

    private final List<AutoCloseable> own = new ArrayList<>(3);
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Executor completions;

    /**
     * Starts the executors that the host does not provide.
     *
     * @param executor the host's, or null to create workers
     * @param scheduler the host's, or null to create one timer thread
     */
    public OwnedExecutors(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
        this.executor = executor == null ? own(newWorkers(), ExecutorService::shutdown) : guarded(executor);
        ScheduledExecutorService timers =
                scheduler == null ? own(newScheduler(), ExecutorService::shutdown) : scheduler;
        this.scheduler = own(new GuardedScheduler(timers), ExecutorService::shutdown);
        this.completions = own(
                new PortThreads("roomcast-future", MAX_COMPLETIONS, new SafeScheduler(this.scheduler)),
                PortThreads::close);
    }

    private Executor guarded(Executor host) {
        return own(new HostExecutor(host), HostExecutor::close);
    }

    private <E> E own(E executor, Consumer<E> shutdown) {
        own.add(() -> shutdown.accept(executor));
        return executor;
    }

    /** Uses a fork-join pool: it wakes the fewest threads in a burst of tasks, and never blocks the submitter. */
    private static ExecutorService newWorkers() {
        AtomicInteger created = new AtomicInteger();
        return new ForkJoinPool(WORKERS, pool -> newWorker(pool, created.incrementAndGet()), null, true);
    }

    private static ForkJoinWorkerThread newWorker(ForkJoinPool pool, int number) {
        ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName("roomcast-worker-" + number);
        return worker;
    }

    private static ScheduledExecutorService newScheduler() {
        return GuardedScheduler.ofOneThread("roomcast-timer");
    }

    /** Runs commands. */
    public Executor executor() {
        return executor;
    }

    /** Completes futures, so that the host's callbacks may block. */
    public Executor completions() {
        return completions;
    }

    /** Sets timers. Their tasks must not block. */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Stops timers immediately, and workers after their accepted tasks. Does not wait for them. */
    @Override
    public void close() {
        Closer.closeAll(own.toArray(AutoCloseable[]::new));
    }
}
