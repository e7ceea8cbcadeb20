package io.roomcast.chat.internal.port;

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
 * Threads for calls that may block, with a bounded queue; safe for use by any thread.
 *
 * <p>A few threads do where calls are fast. While calls wait, twice as many more threads start as there are calls that take
 * long, up to a bound; so calls that hang do not hold up those behind them. Threads end when they have nothing to do.
 */
final class PortThreads implements Executor, AutoCloseable {
    static final Duration MOMENT = Duration.ofMillis(10);
    static final int FEW = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    private static final int QUEUE = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final Map<Runnable, Long> running = new ConcurrentHashMap<>();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ThreadPoolExecutor threads;
    private final SafeScheduler timers;
    private final int most;
    private final int few;

    /** No threads yet, and never more than the given number; their names begin as given. */
    PortThreads(String name, int most, SafeScheduler timers) {
        this.most = most;
        this.few = Math.min(FEW, most);
        this.timers = timers;
        this.threads = new ThreadPoolExecutor(
                few, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a call soon; cancelling the future interrupts it.
     *
     * @throws RejectedExecutionException if too many wait, or after {@link #close}
     */
    Future<?> submit(Runnable call) {
        Future<?> submitted = threads.submit(() -> run(call));
        if (!threads.getQueue().isEmpty()) {
            watch();
        }
        return submitted;
    }

    /** Runs a call that is never cancelled. Refuses it as {@link #submit} does. */
    @Override
    public void execute(Runnable call) {
        Future<?> ignored = submit(call);
    }

    private void run(Runnable call) {
        running.put(call, System.nanoTime());
        try {
            call.run();
        } finally {
            running.remove(call);
        }
    }

    private void watch() {
        if (watching.compareAndSet(false, true)) {
            Future<?> ignored = timers.schedule(MOMENT, this::look);
        }
    }

    /** Adjusts the number of threads to the waiting calls. Surplus threads end by themselves. */
    private void look() {
        watching.set(false);
        boolean waits = !threads.getQueue().isEmpty();
        threads.setCorePoolSize(waits ? Math.min(most, few + 2 * slow()) : few);
        if (waits && !threads.isTerminated()) {
            watch();
        }
    }

    private int slow() {
        long before = System.nanoTime() - MOMENT.toNanos() / 2;
        return (int)
                running.values().stream().filter(began -> began - before <= 0).count();
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Lets accepted calls finish, without waiting for them. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
