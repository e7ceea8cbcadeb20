package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.Throttle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs requests that are refused before they are routed. Logs one line a minute for each reason and origin.
 * For each reason, it logs at most ten lines at once and then one a second. Safe for use by any thread.
 */
public final class RejectionLog {
    private static final Logger log = LoggerFactory.getLogger(RejectionLog.class);
    private static final int BURST = 10;
    private static final int REMEMBERED = 100;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final Pattern PRINTABLE =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,40}://[A-Za-z0-9.:\\[\\]_-]{0,255}");

    private final Throttle<HttpRejection> lines = Throttle.of(1, BURST);
    private final Map<String, Long> logged = new LinkedHashMap<>();
    private final LongAdder count = new LongAdder();
    private final ChatMetrics metrics;

    /** Creates a counter that also reports to the given metrics. */
    public RejectionLog(ChatMetrics metrics) {
        this.metrics = metrics;
    }

    /** Returns the number of refused requests. */
    public long count() {
        return count.sum();
    }

    /** Records a connection that was closed before its first request, because its address has too many. */
    public void refusedConnection() {
        refused(HttpRejection.TOO_MANY, null);
    }

    /** Records a refused request; its origin is null if it has none. */
    public void refused(HttpRejection refusal, @Nullable String origin) {
        count.increment();
        metrics.onRefusedRequest(refusal.name().toLowerCase(Locale.ROOT));
        String whose = from(origin);
        if (!isNew(refusal + whose) || lines.take(refusal) != 0) {
            return;
        }
        if (refusal.setting().isEmpty()) {
            log.info("refused a request: {}", refusal.reason());
        } else {
            log.warn("refused a request{}: {}; see {}", whose, refusal.reason(), refusal.setting());
        }
    }

    private boolean isNew(String line) {
        long now = System.nanoTime();
        synchronized (logged) {
            Long last = logged.get(line);
            if (last != null && now - last < MINUTE_NANOS) {
                return false;
            }
            logged.remove(line);
            logged.put(line, now);
            if (logged.size() > REMEMBERED) {
                logged.remove(logged.keySet().iterator().next());
            }
            return true;
        }
    }

    private static String from(@Nullable String origin) {
        if (origin == null) {
            return "";
        }
        return PRINTABLE.matcher(origin).matches() ? " of a page of " + origin : " of a page of an odd origin";
    }
}
