package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts frames for the host's metrics, and logs dropped ones at most once a minute. Safe for use by any thread. */
final class FrameCounts {
    private static final Logger log = LoggerFactory.getLogger(FrameCounts.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private final Map<DropReason, AtomicLong> logged = new EnumMap<>(DropReason.class);
    private final ChatMetrics metrics;
    private final LongSupplier nanos;
    private final Consumer<String> warnings;
    private final AtomicLong loggedAt;

    /** Creates counts of zero. */
    FrameCounts(ChatMetrics metrics) {
        this(metrics, System::nanoTime, log::warn);
    }

    FrameCounts(ChatMetrics metrics, LongSupplier nanos, Consumer<String> warnings) {
        this.metrics = metrics;
        this.nanos = nanos;
        this.warnings = warnings;
        this.loggedAt = new AtomicLong(nanos.getAsLong() - INTERVAL_NANOS);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
            logged.put(reason, new AtomicLong());
        }
    }

    /** Returns the number of frames that were dropped for a reason. */
    long dropped(DropReason reason) {
        return countOf(reason).sum();
    }

    @SuppressWarnings("NullAway") // Every reason has a count.
    private LongAdder countOf(DropReason reason) {
        return dropped.get(reason);
    }

    void countSent() {
        metrics.onFrameSent();
    }

    /** Counts a frame that was sent some time ago by the clock of another node, which may be ahead of this one's. */
    void countReceived(long millisAgo) {
        metrics.onFrameReceived(Duration.ofMillis(Math.max(0, millisAgo)));
    }

    void countDropped(DropReason reason) {
        countOf(reason).increment();
        metrics.onFrameDropped(reason.label());
        long last = loggedAt.get();
        long now = nanos.getAsLong();
        if (now - last >= INTERVAL_NANOS && loggedAt.compareAndSet(last, now)) {
            warnings.accept("frames of the cluster were dropped: " + summary() + hint(reason));
        }
    }

    /** Returns the numbers since the last summary, by reason. */
    private String summary() {
        return logged.entrySet().stream()
                .map(entry -> {
                    long total = dropped(entry.getKey());
                    long more = total - entry.getValue().getAndSet(total);
                    return more == 0 ? "" : more + " " + entry.getKey().label();
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String hint(DropReason reason) {
        return switch (reason) {
            case INVALID_SIGNATURE -> "; check that all nodes use one database, or give each cluster another prefix";
            case UNKNOWN_VERSION, UNKNOWN_KIND -> "; check that no node runs a much newer release";
            case STALE -> "; check that the clocks of the nodes agree";
            case TOO_LONG, WRONG_CHANNEL, MALFORMED, REPEATED, FAILED -> "";
        };
    }
}
