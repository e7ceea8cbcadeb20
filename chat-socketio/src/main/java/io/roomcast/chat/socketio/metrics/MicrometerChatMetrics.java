package io.roomcast.chat.socketio.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a server's measurements as Micrometer meters, whose names begin with {@code chat.}. Safe for use by any
 * thread.
 *
 * <p>No meter has a tag for a user or a conversation, so the number of meters is bounded by the numbers of events,
 * operations and error codes. Use one registry for one server at a time. If a server follows another, as after a restart
 * inside the host, pass the same object to both; it then measures the later one. If several servers run at the same
 * time, give each a registry with common tags of its own.
 */
public final class MicrometerChatMetrics implements ChatMetrics {
    private static final ChatStats EMPTY = new ChatStats(0, 0, 0, 0, 0, 0, 1, false);

    private final MeterRegistry registry;
    private final Counter persisted;
    private final Counter slowClients;
    private final DistributionSummary recipients;
    private final ClusterMeters cluster;
    private final Map<String, ByOutcome<Counter>> events = new ConcurrentHashMap<>();
    private final Map<String, ByOutcome<Timer>> operations = new ConcurrentHashMap<>();
    private final Map<String, Counter> calls = new ConcurrentHashMap<>();
    private final Map<String, Counter> disconnects = new ConcurrentHashMap<>();
    private final Map<UploadOutcome, DistributionSummary> uploads = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusedRequests = new ConcurrentHashMap<>();
    private final Map<String, IntSupplier> connections = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Duration>> followers = new ConcurrentHashMap<>();
    private final Map<String, Counter> webhooks = new ConcurrentHashMap<>();
    private volatile Supplier<ChatStats> stats = () -> EMPTY;

    /** Registers the meters with the given registry, which is never closed. */
    public MicrometerChatMetrics(MeterRegistry registry) {
        this.registry = registry;
        persisted = Counter.builder("chat.messages.persisted")
                .description("Stored messages, without repeated requests")
                .register(registry);
        slowClients = Counter.builder("chat.clients.slow")
                .description("Times that a slow client lost events and received syncRequired")
                .register(registry);
        recipients = DistributionSummary.builder("chat.broadcast.recipients")
                .description("Sessions that one event is sent to")
                .baseUnit("sessions")
                .register(registry);
        cluster = new ClusterMeters(registry);
    }

    @Override
    public void onStart(Supplier<ChatStats> stats) {
        this.stats = stats;
        gauge("chat.sessions", "Open sessions", ChatStats::sessions);
        gauge("chat.users", "Users with open sessions", ChatStats::users);
        gauge("chat.rooms", "Rooms with sessions", ChatStats::rooms);
        gauge("chat.cluster.nodes", "Nodes of the cluster that live", ChatStats::nodes);
        gauge("chat.cluster.away", "1 while the bus to other nodes is not connected", now -> now.away() ? 1 : 0);
        gauge("chat.queue.depth", "Queued and running commands", ChatStats::queued);
    }

    /** Registers a gauge that reads the current server. A registry keeps the first gauge of a name. */
    private void gauge(String name, String description, ToIntFunction<ChatStats> part) {
        Gauge.builder(name, () -> part.applyAsInt(stats.get()))
                .description(description)
                .register(registry);
    }

    @Override
    public void onTransport(String transport, IntSupplier connections) {
        this.connections.put(transport, connections);
        Gauge.builder("chat.connections", () -> this.connections.get(transport).getAsInt())
                .description("Open connections of clients")
                .tag("transport", transport)
                .register(registry);
    }

    @Override
    public void onDisconnect(String reason) {
        disconnects.computeIfAbsent(reason, this::newDisconnects).increment();
    }

    private Counter newDisconnects(String reason) {
        return Counter.builder("chat.disconnects")
                .description("Closed connections")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void onRefusedRequest(String reason) {
        refusedRequests.computeIfAbsent(reason, this::newRefusedRequests).increment();
    }

    private Counter newRefusedRequests(String reason) {
        return Counter.builder("chat.requests.refused")
                .description("HTTP requests that were rejected before they were routed")
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
                .description("Acknowledged events of clients")
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
                .description("Duration of calls to the store")
                .tags("operation", operation, "outcome", outcome)
                .register(registry));
    }

    @Override
    public void onBroadcast(int sessions) {
        recipients.record(sessions);
    }

    @Override
    public void onUpload(UploadOutcome outcome, long bytes) {
        uploads.computeIfAbsent(outcome, this::newUploads).record((double) bytes);
    }

    private DistributionSummary newUploads(UploadOutcome outcome) {
        return DistributionSummary.builder("chat.uploads")
                .description("Sizes of files whose uploads ended")
                .baseUnit("bytes")
                .tag("outcome", outcome.wireName())
                .register(registry);
    }

    @Override
    public void onFollower(String follower, Supplier<Duration> lag) {
        followers.put(follower, lag);
        TimeGauge.builder(
                        "chat.follower.lag", () -> followers.get(follower).get().toMillis(), TimeUnit.MILLISECONDS)
                .description("Age of the oldest event that this server has for a follower")
                .tag("follower", follower)
                .register(registry);
    }

    @Override
    public void onWebhook(String outcome) {
        webhooks.computeIfAbsent(outcome, this::newWebhooks).increment();
    }

    private Counter newWebhooks(String outcome) {
        return Counter.builder("chat.webhooks")
                .description("Calls of webhooks, and how often one gave up")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void onPush(String platform, PushResult.Outcome outcome) {
        Counter.builder("chat.push")
                .description("Answers of push services to notifications")
                .tag("platform", platform)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void onCall(CallOutcome outcome) {
        calls.computeIfAbsent(outcome.wireName(), this::newCalls).increment();
    }

    private Counter newCalls(String outcome) {
        return Counter.builder("chat.calls")
                .description("Calls that ended")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void onFrameSent() {
        cluster.sent();
    }

    @Override
    public void onFrameReceived(Duration lag) {
        cluster.received(lag);
    }

    @Override
    public void onFrameDropped(String reason) {
        cluster.dropped(reason);
    }

    @Override
    public void onGapFill() {
        cluster.gapFill();
    }

    @Override
    public void onResync() {
        cluster.resync();
    }
}
