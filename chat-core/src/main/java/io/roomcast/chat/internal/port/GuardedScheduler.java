package io.roomcast.chat.internal.port;

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
 * A scheduler whose timers survive what they throw, and which sets by itself what the host's does not take; safe for use by
 * any thread.
 */
final class GuardedScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final HostPort tasks = new HostPort("timer");
    private final HostPort port = new HostPort("scheduler");
    private final ScheduledExecutorService scheduler;

    @Nullable
    private ScheduledThreadPoolExecutor spare;

    private boolean closed;

    GuardedScheduler(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** A scheduler of one thread that forgets timers that are cancelled, and all timers when it is shut down. */
    static ScheduledThreadPoolExecutor ofOneThread(String name) {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
        made.setRemoveOnCancelPolicy(true);
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return made;
    }

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

    private Runnable guarded(Runnable task) {
        return () -> tasks.run(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return set(timers -> timers.schedule(guarded(task), delay, unit));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return scheduler.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        return set(timers -> timers.scheduleAtFixedRate(guarded(task), first, period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return set(timers -> timers.scheduleWithFixedDelay(guarded(task), first, delay, unit));
    }

    @Override
    public void execute(Runnable task) {
        ScheduledFuture<?> ignored = schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    /** Ends what is our own; the host ends its scheduler. */
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
