package io.roomcast.chat.internal.port;

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

/** The host's threads, or else our own, of which only our own are ended by us. */
public final class OwnedExecutors implements AutoCloseable {
    /** Stores block, so there are more threads than cores. */
    private static final int WORKERS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    /** Futures that a host waits in while they complete. */
    private static final int COMPLETIONS = 256;

    private final List<AutoCloseable> own = new ArrayList<>(3);
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Executor completions;

    public OwnedExecutors(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
        this.executor = executor == null ? own(newWorkers(), ExecutorService::shutdown) : guarded(executor);
        ScheduledExecutorService timers =
                scheduler == null ? own(newScheduler(), ExecutorService::shutdown) : scheduler;
        this.scheduler = own(new GuardedScheduler(timers), ExecutorService::shutdown);
        this.completions = own(
                new PortThreads("roomcast-future", COMPLETIONS, new SafeScheduler(this.scheduler)), PortThreads::close);
    }

    private Executor guarded(Executor host) {
        return own(new HostExecutor(host), HostExecutor::close);
    }

    private <E> E own(E made, Consumer<E> end) {
        own.add(() -> end.accept(made));
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
        return GuardedScheduler.ofOneThread("roomcast-timer");
    }

    public Executor executor() {
        return executor;
    }

    /** Runs what the host makes depend on futures; it may block. */
    public Executor completions() {
        return completions;
    }

    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Timers end at once, commands when they are done. */
    @Override
    public void close() {
        Closer.closeAll(own.toArray(AutoCloseable[]::new));
    }
}
