package io.roomcast.chat.socketio.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chat's measure as meters of Micrometer, all of which begin with {@code chat.}; safe for use by any thread.
 *
 * <p>No meter has a tag for a user or a conversation, so that their number is bounded by that of the events, operations
 * and error codes there are. One registry is for one server at a time: where a server follows another, as after a restart
 * of the host's, hand both the same object, and it measures the later one; where several run at once, give each a registry
 * with common tags of its own.
 */
public final class MicrometerChatMetrics implements ChatMetrics {
    private static final ChatStats NOTHING = new ChatStats(0, 0, 0, 0, 0, 0);

    private final MeterRegistry registry;
    private final Counter persisted;
    private final Counter slowClients;
    private final DistributionSummary recipients;
    private final Map<String, ByOutcome<Counter>> events = new ConcurrentHashMap<>();
    private final Map<String, ByOutcome<Timer>> operations = new ConcurrentHashMap<>();
    private final Map<String, Counter> disconnects = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusedRequests = new ConcurrentHashMap<>();
    private final Map<String, IntSupplier> connections = new ConcurrentHashMap<>();
    private volatile Supplier<ChatStats> stats = () -> NOTHING;

    /** Puts the meters into the given registry, which stays the host's. */
    public MicrometerChatMetrics(MeterRegistry registry) {
        this.registry = registry;
        persisted = Counter.builder("chat.messages.persisted")
                .description("Messages stored, repeats not counted")
                .register(registry);
        slowClients = Counter.builder("chat.clients.slow")
                .description("How often a client was told that it missed something, as it was too slow")
                .register(registry);
        recipients = DistributionSummary.builder("chat.broadcast.recipients")
                .description("Sessions that hear one event")
                .baseUnit("sessions")
                .register(registry);
    }

    @Override
    public void onStart(Supplier<ChatStats> stats) {
        this.stats = stats;
        gauge("chat.sessions", "Sessions that are open", ChatStats::sessions);
        gauge("chat.users", "Users who have sessions", ChatStats::users);
        gauge("chat.rooms", "Conversations that somebody listens to", ChatStats::rooms);
        gauge("chat.queue.depth", "Commands that wait or run", ChatStats::queued);
    }

    /** A gauge that is there already stays as it is, so it must not know one server alone. */
    private void gauge(String name, String description, ToIntFunction<ChatStats> part) {
        Gauge.builder(name, () -> part.applyAsInt(stats.get()))
                .description(description)
                .register(registry);
    }

    @Override
    public void onTransport(String transport, IntSupplier connections) {
        this.connections.put(transport, connections);
        Gauge.builder("chat.connections", () -> this.connections.get(transport).getAsInt())
                .description("Connections of clients")
                .tag("transport", transport)
                .register(registry);
    }

    @Override
    public void onDisconnect(String reason) {
        disconnects.computeIfAbsent(reason, this::newDisconnects).increment();
    }

    private Counter newDisconnects(String reason) {
        return Counter.builder("chat.disconnects")
                .description("Connections that ended")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void onRefusedRequest(String reason) {
        refusedRequests.computeIfAbsent(reason, this::newRefusedRequests).increment();
    }

    private Counter newRefusedRequests(String reason) {
        return Counter.builder("chat.requests.refused")
                .description("HTTP requests that were refused before anything looked at what they ask")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void onSlowClient() {
        slowClients.increment();
    }

    @Override
    public void onAnswer(String event, @Nullable ErrorCode refusal) {
        events.computeIfAbsent(event, this::newEvents).of(refusal).increment();
    }

    private ByOutcome<Counter> newEvents(String event) {
        return new ByOutcome<>(outcome -> Counter.builder("chat.events")
                .description("Events of clients that were answered")
                .tags("event", event, "outcome", outcome)
                .register(registry));
    }

    @Override
    public void onPersisted() {
        persisted.increment();
    }

    @Override
    public void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {
        operations.computeIfAbsent(operation, this::newOperations).of(failure).record(took);
    }

    private ByOutcome<Timer> newOperations(String operation) {
        return new ByOutcome<>(outcome -> Timer.builder("chat.store.duration")
                .description("How long calls of the store block")
                .tags("operation", operation, "outcome", outcome)
                .register(registry));
    }

    @Override
    public void onBroadcast(int sessions) {
        recipients.record(sessions);
    }
}
