package io.roomcast.chat.internal.port;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how often one kind of line is logged; safe for use by any thread. */
final class LogThrottle {
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private final AtomicLong left = new AtomicLong();

    /** Whether the caller is to log its line now; if not, the line is counted as left out. */
    boolean isDue() {
        long last = loggedAt.get();
        long now = System.nanoTime();
        boolean due = now - last >= PAUSE_NANOS && loggedAt.compareAndSet(last, now);
        if (!due) {
            left.incrementAndGet();
        }
        return due;
    }

    /** Returns how many lines were left out since the last call, as text for the end of a line; empty if none were. */
    String leftOut() {
        long count = left.getAndSet(0);
        String times = count == 1 ? " more time" : " more times";
        return count == 0 ? "" : " (" + count + times + " since the last such line)";
    }
}
