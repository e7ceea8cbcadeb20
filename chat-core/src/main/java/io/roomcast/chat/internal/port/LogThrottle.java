package io.roomcast.chat.internal.port;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits one kind of log line to one in five seconds; safe for use by any thread. */
final class LogThrottle {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
    private final AtomicLong skipped = new AtomicLong();

    /** Returns whether the caller may log its line now. If not, counts the line as skipped. */
    boolean isDue() {
        long last = loggedAt.get();
        long now = System.nanoTime();
        boolean due = now - last >= INTERVAL_NANOS && loggedAt.compareAndSet(last, now);
        if (!due) {
            skipped.incrementAndGet();
        }
        return due;
    }

    /** Returns the number of lines skipped since the last call, as text for the end of a line; empty if none were. */
    String skipped() {
        long count = skipped.getAndSet(0);
        String times = count == 1 ? " more time" : " more times";
        return count == 0 ? "" : " (" + count + times + " since the last such line)";
    }
}
