package io.roomcast.chat.socketio.internal.files;

import io.roomcast.chat.model.ChatException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs transfers that failed because of the store of files, such as on a full disk: at most one in five seconds, and nothing
 * that users wrote. Safe for use by any thread.
 */
final class TransferFaults {
    private static final Logger log = LoggerFactory.getLogger(TransferFaults.class);
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** Logs a failure, unless the client caused it. */
    void log(String transfer, ChatException failure) {
        Throwable cause = failure.getCause();
        if (cause != null && isDue()) {
            log.warn("{} of a file failed with {}: {}", transfer, failure.code(), reason(cause));
        }
    }

    /** Returns what is known of a cause. The message of the host's own code may contain a URL or the name of a file. */
    private static String reason(Throwable cause) {
        return cause instanceof IOException
                ? cause.toString()
                : cause.getClass().getName();
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long before = last.get();
        return now - before >= INTERVAL_NANOS && last.compareAndSet(before, now);
    }
}
