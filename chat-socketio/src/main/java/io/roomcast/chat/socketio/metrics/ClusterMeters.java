package io.roomcast.chat.socketio.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of frames between nodes, and of what they cause. Safe for use by any thread. */
final class ClusterMeters {
    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter received;
    private final Timer lag;
    private final Map<String, Counter> dropped = new ConcurrentHashMap<>();
    private final Counter gapFills;
    private final Counter resyncs;

    /** Registers the meters, except for those of dropped frames, which are registered when first used. */
    ClusterMeters(MeterRegistry registry) {
        this.registry = registry;
        sent = counter("chat.cluster.frames.sent", "Frames sent to other nodes");
        received = counter("chat.cluster.frames.received", "Frames of other nodes that were handled");
        lag = Timer.builder("chat.cluster.lag")
                .description("Time from the sending of a frame until it is handled on another node")
                .register(registry);
        gapFills = counter("chat.cluster.gaps", "Reads of events that a room lacked");
        resyncs = counter("chat.cluster.resyncs", "Comparisons of all rooms with the store");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void sent() {
        sent.increment();
    }

    void received(Duration after) {
        received.increment();
        lag.record(after);
    }

    void dropped(String reason) {
        dropped.computeIfAbsent(reason, this::newDropped).increment();
    }

    private Counter newDropped(String reason) {
        return Counter.builder("chat.cluster.frames.dropped")
                .description("Frames that were neither sent nor handled")
                .tag("reason", reason)
                .register(registry);
    }

    void gapFill() {
        gapFills.increment();
    }

    void resync() {
        resyncs.increment();
    }
}
