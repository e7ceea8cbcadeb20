package io.roomcast.chat.socketio.internal.channel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits one kind of log line to one in five seconds. Safe for use by any thread. */
public final class LogThrottle {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** Returns whether the caller may log its line now. */
    public boolean isDue() {
        long last = loggedAt.get();
        long now = System.nanoTime();
        return now - last >= INTERVAL_NANOS && loggedAt.compareAndSet(last, now);
    }
}
