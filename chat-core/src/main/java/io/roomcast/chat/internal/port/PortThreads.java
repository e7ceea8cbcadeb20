package io.roomcast.chat.internal.port;

import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs calls that may block, on threads with a bounded queue; safe for use by any thread.
 *
 * <p>A few threads suffice while calls are fast. While calls wait, the pool adds two threads for each slow call, up to a
 * limit. So hung calls do not delay those behind them. Idle threads end after 10 seconds.
 */
final class PortThreads implements Executor, AutoCloseable {
    /** A call that takes at least half of this is slow. Also the interval of checks while calls wait. */
    static final Duration CHECK_INTERVAL = Duration.ofMillis(10);
    /** The number of threads while calls are fast. */
    static final int BASE_THREADS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private static final int QUEUE_CAPACITY = 10_000;
    private static final long IDLE_SECONDS = 10;

    /** When each running call started, by {@link System#nanoTime}. */
    private final Map<Runnable, Long> running = new ConcurrentHashMap<>();

    private final AtomicBoolean isCheckScheduled = new AtomicBoolean();
    private final ThreadPoolExecutor threads;
    private final SafeScheduler scheduler;
    private final int maxThreads;
    private final int baseThreads;

    /**
     * Creates a pool without threads.
     *
     * @param name the common part of the threads' names
     * @param maxThreads the most calls that may run at the same time
     */
    PortThreads(String name, int maxThreads, SafeScheduler scheduler) {
        this.maxThreads = maxThreads;
        this.baseThreads = Math.min(BASE_THREADS, maxThreads);
        this.scheduler = scheduler;
        this.threads = new ThreadPoolExecutor(
                baseThreads,
                maxThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE_CAPACITY),
                new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a call.
     *
     * @throws RejectedExecutionException if too many calls wait, or after {@link #close}
     */
    @Override
    public void execute(Runnable call) {
        Future<?> unused = threads.submit(() -> run(call));
        if (!threads.getQueue().isEmpty()) {
            scheduleCheck();
        }
    }

    private void run(Runnable call) {
        running.put(call, System.nanoTime());
        try {
            call.run();
        } finally {
            running.remove(call);
        }
    }

    private void scheduleCheck() {
        if (isCheckScheduled.compareAndSet(false, true)) {
            Future<?> ignored = scheduler.schedule(CHECK_INTERVAL, this::check);
        }
    }

    /** Adjusts the number of threads to the waiting calls. Surplus threads end by themselves. */
    private void check() {
        isCheckScheduled.set(false);
        boolean waits = !threads.getQueue().isEmpty();
        threads.setCorePoolSize(waits ? Math.min(maxThreads, baseThreads + 2 * slowCalls()) : baseThreads);
        if (waits && !threads.isTerminated()) {
            scheduleCheck();
        }
    }

    private int slowCalls() {
        long before = System.nanoTime() - CHECK_INTERVAL.toNanos() / 2;
        return (int) running.values().stream()
                .filter(startedAt -> startedAt - before <= 0)
                .count();
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Rejects further calls. Accepted ones still run; does not wait for them. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
