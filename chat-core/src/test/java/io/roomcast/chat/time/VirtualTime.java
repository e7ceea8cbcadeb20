package io.roomcast.chat.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A clock and a scheduler for tests, whose time stands still until the test advances it.
 *
 * <p>Timers run on the thread that advances the time, in the order in which they are due and at their own times, so each
 * run of a test is the same. Any thread may read the clock and set timers; one thread advances the time.
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime();
 * builder.clock(time.clock()).scheduler(time.scheduler());
 * time.advance(Duration.ofHours(1));
 * }</pre>
 */
public final class VirtualTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final VirtualClock clock = new VirtualClock(START, scheduler::now);

    /** Advances the time, and runs the timers that become due. */
    public void advance(Duration duration) {
        scheduler.advance(duration.toNanos());
    }

    /** Sets the clock forward, or back by a negative duration. Timers do not change. */
    public void adjustClock(Duration change) {
        clock.adjust(change);
    }

    /** Returns the clock. */
    public Clock clock() {
        return clock;
    }

    /** Returns the scheduler. */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Returns the number of timers that are set. */
    public int timers() {
        return scheduler.waiting();
    }
}
