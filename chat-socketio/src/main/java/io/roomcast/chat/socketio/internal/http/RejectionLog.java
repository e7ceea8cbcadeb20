package io.roomcast.chat.socketio.internal.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.socketio.internal.channel.KeyedRateLimiter;
import io.roomcast.chat.socketio.internal.request.HttpRejection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs rejected requests. Safe for use by any thread.
 *
 * <p>Logs one line per minute for each reason and origin. For each reason, logs a burst of at most {@value #BURST} lines
 * and then one line per second.
 */
public final class RejectionLog {
    private static final Logger log = LoggerFactory.getLogger(RejectionLog.class);
    private static final int BURST = 10;
    private static final int MAX_REMEMBERED = 100;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final Pattern PRINTABLE =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,40}://[A-Za-z0-9.:\\[\\]_-]{0,255}");

    private final KeyedRateLimiter<HttpRejection> lines = KeyedRateLimiter.of(BURST, 1);

    @GuardedBy("logged")
    private final Map<String, Long> logged = new LinkedHashMap<>();

    private final LongAdder count = new LongAdder();
    private final Consumer<String> metric;

    /** Creates a log that reports to no metrics. */
    public RejectionLog() {
        this(reason -> {});
    }

    /**
     * Creates a log that also reports to a metric.
     *
     * @param metric receives the reason of each rejection in lower case, such as {@code foreign_origin}; must not block
     */
    public RejectionLog(Consumer<String> metric) {
        this.metric = metric;
    }

    /** Returns the number of rejected requests. */
    public long count() {
        return count.sum();
    }

    /** Records a connection that was closed before its first request, because its address has too many. */
    public void recordConnection() {
        record(HttpRejection.TOO_MANY, null);
    }

    /**
     * Records a rejected request.
     *
     * @param origin its {@code Origin} header; null if it has none
     */
    public void record(HttpRejection rejection, @Nullable String origin) {
        count.increment();
        metric.accept(rejection.name().toLowerCase(Locale.ROOT));
        String source = source(origin);
        if (!isDue(rejection + source) || !lines.tryAcquire(rejection)) {
            return;
        }
        if (rejection.setting().isEmpty()) {
            log.info("rejected a request: {}", rejection.reason());
        } else {
            log.warn("rejected a request{}: {}; see {}", source, rejection.reason(), rejection.setting());
        }
    }

    private boolean isDue(String line) {
        long now = System.nanoTime();
        synchronized (logged) {
            Long last = logged.get(line);
            if (last != null && now - last < MINUTE_NANOS) {
                return false;
            }
            logged.remove(line);
            logged.put(line, now);
            if (logged.size() > MAX_REMEMBERED) {
                logged.remove(logged.keySet().iterator().next());
            }
            return true;
        }
    }

    private static String source(@Nullable String origin) {
        if (origin == null) {
            return "";
        }
        return PRINTABLE.matcher(origin).matches()
                ? " from a page of " + origin
                : " from a page with a malformed origin";
    }
}
