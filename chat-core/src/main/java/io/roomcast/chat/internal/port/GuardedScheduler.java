package io.roomcast.chat.internal.port;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets timers with the host's scheduler, and with a spare thread if the host's rejects them. A periodic timer continues
 * after its task has thrown. Safe for use by any thread.
 */
final class GuardedScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final HostPort tasks = new HostPort("timer");
    private final HostPort port = new HostPort("scheduler");
    private final ScheduledExecutorService scheduler;

    /** Created when the host's scheduler rejects a timer for the first time. */
    @Nullable
    @GuardedBy("this")
    private ScheduledThreadPoolExecutor spare;

    @GuardedBy("this")
    private boolean closed;

    GuardedScheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Returns a scheduler with one thread, which removes cancelled timers, and all timers when it shuts down. */
    static ScheduledThreadPoolExecutor ofOneThread(String name) {
        ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
        created.setRemoveOnCancelPolicy(true);
        created.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return created;
    }

    /**
     * Sets a timer.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the host's scheduler and this one have shut down
     */
    private ScheduledFuture<?> set(Function<ScheduledExecutorService, ScheduledFuture<?>> timer) {
        try {
            return timer.apply(scheduler);
        } catch (Throwable refused) {
            if (scheduler.isShutdown() && isClosed()) {
                throw refused;
            }
            port.failed(refused);
            return timer.apply(spare());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized ScheduledExecutorService spare() {
        if (spare == null) {
            spare = ofOneThread("roomcast-spare-timer");
            if (closed) {
                spare.shutdown();
            }
        }
        return spare;
    }

    private Runnable loggingFailures(Runnable task) {
        return () -> tasks.run(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return set(timers -> timers.schedule(loggingFailures(task), delay, unit));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return scheduler.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return set(timers -> timers.scheduleAtFixedRate(loggingFailures(task), first, period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return set(timers -> timers.scheduleWithFixedDelay(loggingFailures(task), first, delay, unit));
    }

    @Override
    public void execute(Runnable task) {
        ScheduledFuture<?> ignored = schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    /** Shuts down the spare thread. The host shuts down its own scheduler. */
    @Override
    public synchronized void shutdown() {
        closed = true;
        if (spare != null) {
            spare.shutdown();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }
}
