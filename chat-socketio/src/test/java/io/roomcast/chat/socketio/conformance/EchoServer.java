package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.socketio.internal.api.RejectionJson;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** A server with this library's Engine.IO and an echo instead of the chat. */
final class EchoServer implements AutoCloseable {
    /** The maximum packet size of {@link #patient} servers, in bytes. */
    static final int MAX_PAYLOAD = 1 << 16;

    private static final int SUITE_MAX_PAYLOAD = 1_000_000;
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int MAX_PENDING = 1 << 21;
    private static final int PACKETS_PER_SECOND = 100;
    private static final int CONNECTIONS = 100;

    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final EngineSessions sessions;
    private final EngineRoute route;
    private final NettyServer server;
    private final int port;

    /** Starts a server with the short heartbeat interval that the official suites require. */
    static EchoServer impatient(EngineListener.Factory listeners) {
        return new EchoServer(PING_INTERVAL, PING_TIMEOUT, SUITE_MAX_PAYLOAD, listeners);
    }

    /** Starts a server that pings often, and waits for the answers longer than a test takes. */
    static EchoServer pinging(EngineListener.Factory listeners) {
        return new EchoServer(PING_INTERVAL, PATIENCE, MAX_PAYLOAD, listeners);
    }

    /** Starts a server whose heartbeat interval exceeds the duration of a test. */
    static EchoServer patient(EngineListener.Factory listeners) {
        return new EchoServer(PATIENCE, PATIENCE, MAX_PAYLOAD, listeners);
    }

    /** Starts a server with short timeouts and a large limit of pending bytes. */
    static EchoServer forSlowClients(EngineListener.Factory listeners) {
        return new EchoServer(settings(SHORT, SHORT.multipliedBy(2), MAX_PAYLOAD, 1 << 25, SHORT), listeners);
    }

    private EchoServer(Duration pingInterval, Duration pingTimeout, int maxPayload, EngineListener.Factory listeners) {
        this(settings(pingInterval, pingTimeout, maxPayload, MAX_PENDING, TIMEOUT), listeners);
    }

    private static EngineSettings settings(
            Duration pingInterval, Duration pingTimeout, int maxPayload, int maxPending, Duration unwritable) {
        return new EngineSettings(
                pingInterval,
                pingTimeout,
                TIMEOUT,
                maxPayload,
                maxPayload,
                maxPending,
                unwritable,
                PACKETS_PER_SECOND,
                Set.of(EngineVersion.V4));
    }

    private EchoServer(EngineSettings settings, EngineListener.Factory listeners) {
        int maxPayload = settings.maxPayload();
        sessions = new EngineSessions(settings);
        AddressLimiter addresses = new AddressLimiter(List.of(), CONNECTIONS, CONNECTIONS);
        route = new EngineRoute(sessions, listeners, addresses);
        Origins origins = new Origins(Set.of(), true, Set.of());
        server = new NettyServer(
                "127.0.0.1",
                0,
                maxPayload,
                new ConnectionInitializer(
                        new HttpServerContext(
                                origins,
                                addresses,
                                List.of(this::handOver),
                                new HttpBounds(8_192, 16_384, maxPayload),
                                new RejectionJson(),
                                new RejectionLog()),
                        null));
        port = server.bind();
    }

    private boolean handOver(HttpExchange exchange) {
        arrived.incrementAndGet();
        boolean isEngines = route.handle(exchange);
        handled.incrementAndGet();
        return isEngines;
    }

    int port() {
        return port;
    }

    /** Returns the number of requests that Engine.IO has handled, once it has handled all that have arrived. */
    int requests() {
        soon().until(() -> handled.get() == arrived.get());
        return handled.get();
    }

    /** Waits until the number of handled requests exceeds the given number. */
    void awaitRequestAfter(int before) {
        soon().until(() -> handled.get() > before);
    }

    /** Waits until all sessions are closed. */
    void awaitNoSessions() {
        soon().untilAsserted(() -> assertThat(sessions.size()).isZero());
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        server.unbind();
        sessions.closeAll(CloseReason.SERVER_STOPPING);
        server.stop();
    }
}
