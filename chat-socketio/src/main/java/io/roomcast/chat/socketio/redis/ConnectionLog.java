package io.roomcast.chat.socketio.redis;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Logs whether Redis can be reached: one warning when it is lost and one line when it is back, and at most one warning a
 * minute if that repeats. Logs neither users nor passwords. For one thread, except for {@link #connected}.
 */
final class ConnectionLog {
    private static final Logger log = LoggerFactory.getLogger(RedisBus.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RedisSettings settings;
    private long warnedAt = System.nanoTime() - INTERVAL_NANOS;
    private long refusedAt = System.nanoTime() - INTERVAL_NANOS;
    private boolean isLost;
    private volatile boolean isWarned;

    ConnectionLog(RedisSettings settings) {
        this.settings = settings;
    }

    /** Records that the bus is connected. */
    void connected() {
        if (isWarned) {
            log.info("Redis at {} is connected", settings);
        } else {
            log.debug("Redis at {} is connected", settings);
        }
    }

    /** Records that the bus was connected until now. */
    void wasConnected() {
        isLost = false;
    }

    /** Records a failed attempt, or the loss of the connection. */
    void lost(Throwable failure) {
        long now = System.nanoTime();
        if (!isLost && now - warnedAt >= INTERVAL_NANOS) {
            warnedAt = now;
            isWarned = true;
            log.warn(
                    "Redis at {} cannot be reached ({}); until it can, this node receives the messages of other nodes"
                            + " from the database, and retries",
                    settings,
                    reason(failure));
        } else {
            log.debug("Redis at {} cannot be reached ({})", settings, reason(failure));
        }
        isLost = true;
    }

    /** Records that Redis refused a command. */
    void refused(JedisDataException error) {
        long now = System.nanoTime();
        if (now - refusedAt >= INTERVAL_NANOS) {
            refusedAt = now;
            log.warn("Redis at {} refuses a command ({})", settings, reason(error));
        }
    }

    /** Returns the code of an error of Redis, or the type of any other failure. Its text may contain anything. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof JedisDataException)) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        return cause instanceof JedisDataException && text.matches("(?s)[A-Z]{3,20}( .*)?")
                ? text.split(" ", 2)[0]
                : cause.getClass().getSimpleName();
    }
}
