package io.roomcast.chat.socketio.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Logs whether Redis can be reached: one warning when it is lost and one line when it is back. If that repeats, there is at
 * most one warning a minute, and a loss that lasts is logged when the minute has passed. Logs neither users nor passwords. For one thread, except for {@link #connected}.
 */
final class ConnectionLog {
    private static final Logger log = LoggerFactory.getLogger(RedisBus.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String redis;
    private final LongSupplier nanos;
    private final AtomicBoolean isWarned = new AtomicBoolean();
    private long warnedAt;
    private long refusedAt;

    ConnectionLog(RedisSettings settings) {
        this(settings.toString(), System::nanoTime);
    }

    ConnectionLog(String redis, LongSupplier nanos) {
        this.redis = redis;
        this.nanos = nanos;
        warnedAt = nanos.getAsLong() - INTERVAL_NANOS;
        refusedAt = warnedAt;
    }

    /** Records that the bus is connected. */
    void connected() {
        if (isWarned.getAndSet(false)) {
            log.info("Redis at {} is connected", redis);
        } else {
            log.debug("Redis at {} is connected", redis);
        }
    }

    /** Records a failed attempt, or the loss of the connection. */
    void lost(Throwable failure) {
        long now = nanos.getAsLong();
        if (!isWarned.get() && now - warnedAt >= INTERVAL_NANOS) {
            warnedAt = now;
            isWarned.set(true);
            log.warn(
                    "Redis at {} cannot be reached ({}); until it can, this node receives the messages of other nodes"
                            + " from the database, and retries",
                    redis,
                    reason(failure));
        } else {
            log.debug("Redis at {} cannot be reached ({})", redis, reason(failure));
        }
    }

    /** Records that Redis refused a command. */
    void refused(JedisDataException error) {
        long now = nanos.getAsLong();
        if (now - refusedAt >= INTERVAL_NANOS) {
            refusedAt = now;
            log.warn("Redis at {} refuses a command ({})", redis, reason(error));
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
