package io.roomcast.chat.time;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Holds timers by due time. The thread that advances the time runs them, outside the lock. */
final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<VirtualTimer<?>> timers = new PriorityQueue<>();
    private long now;
    private long made;
    private boolean shutdown;

    synchronized long now() {
        return now;
    }

    synchronized int waiting() {
        return timers.size();
    }

    void advance(long nanos) {
        long until = now() + nanos;
        VirtualTimer<?> due = next(until);
        while (due != null) {
            due.run();
            due = next(until);
        }
    }

    /** Removes the next timer due and sets the time to it. Without one, sets the time to the end and returns null. */
    private synchronized VirtualTimer<?> next(long until) {
        VirtualTimer<?> first = timers.peek();
        if (first == null || first.due() > until) {
            now = until;
            return null;
        }
        now = Math.max(now, first.due());
        return timers.poll();
    }

    private synchronized <V> VirtualTimer<V> add(Callable<V> task, long delay, long period, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException("the scheduler is shut down");
        }
        long due = now + Math.max(0, unit.toNanos(delay));
        VirtualTimer<V> timer = new VirtualTimer<>(this, task, made++, due, unit.toNanos(period));
        timers.add(timer);
        return timer;
    }

    synchronized void again(VirtualTimer<?> timer) {
        if (!shutdown && !timer.isCancelled()) {
            timers.add(timer);
        }
    }

    synchronized void forget(VirtualTimer<?> timer) {
        timers.remove(timer);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return add(Executors.callable(task), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return add(task, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return add(Executors.callable(task), delay, period, unit);
    }

    /** Schedules at a fixed rate, as no time passes while a task runs. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return add(Executors.callable(task), delay, pause, unit);
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        timers.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
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
