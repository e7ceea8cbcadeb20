package io.roomcast.chat.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Time that stands still until a test moves it: a clock, and a scheduler whose timers fire on the thread that moves it.
 *
 * <p>Timers fire in the order in which they are due, each at its own time, so that the same test always sees the same.
 * Any thread may ask for the time and set timers; one thread moves it.
 */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final VirtualClock clock = new VirtualClock(START, scheduler::now);

    /** Lets time pass, and fires the timers that become due meanwhile. */
    public void advance(Duration duration) {
        scheduler.advance(duration.toNanos());
    }

    /** Sets the clock forward, or back by a negative duration; timers do not notice, as they do not ask the clock. */
    public void adjustClock(Duration change) {
        clock.adjust(change);
    }

    /** A clock that tells this time. */
    public Clock clock() {
        return clock;
    }

    /** A scheduler whose timers fire as this time is moved. */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** How many timers are set. */
    public int timers() {
        return scheduler.waiting();
    }
}
