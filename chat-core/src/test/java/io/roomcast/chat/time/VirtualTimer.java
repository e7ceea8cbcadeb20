package io.roomcast.chat.time;

import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One timer; a repeated one ends when its task throws, as the JDK's own do. */
final class VirtualTimer<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private static final Comparator<VirtualTimer<?>> BY_TIME =
            Comparator.<VirtualTimer<?>>comparingLong(VirtualTimer::due).thenComparingLong(timer -> timer.number);

    private final VirtualScheduler scheduler;
    private final long number;
    private final long period;
    private long due;

    VirtualTimer(VirtualScheduler scheduler, Callable<V> task, long number, long due, long period) {
        super(task);
        this.scheduler = scheduler;
        this.number = number;
        this.due = due;
        this.period = period;
    }

    long due() {
        return due;
    }

    @Override
    public void run() {
        if (!isPeriodic()) {
            super.run();
        } else if (runAndReset()) {
            due += period;
            scheduler.again(this);
        }
    }

    @Override
    public boolean isPeriodic() {
        return period > 0;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean cancelled = super.cancel(mayInterrupt);
        scheduler.forget(this);
        return cancelled;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(due - scheduler.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return BY_TIME.compare(this, (VirtualTimer<?>) other);
    }
}
