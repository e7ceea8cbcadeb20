package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.api.ApiCommands;
import io.roomcast.chat.socketio.internal.api.ConversationApi;
import io.roomcast.chat.socketio.internal.api.HealthApi;
import io.roomcast.chat.socketio.internal.api.RejectionJson;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.SocketBroadcaster;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts a server with authentication and a healthy client. After each attack, the client must still be served and its
 * session must be the only one.
 */
final class ServerUnderAttack implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final String ORIGIN = "https://app.example.com";
    static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int UNLIMITED = 1_000;

    private final ChatEngine chat = ChatEngine.builder()
            .broadcaster(new SocketBroadcaster())
            .authenticator(ServerUnderAttack::ownerOf)
            .build();
    private final EngineSettings settings = new EngineSettings(
            TIMEOUT,
            TIMEOUT,
            TIMEOUT,
            Limits.DEFAULT_FRAME_BYTES,
            Limits.DEFAULT_FRAME_BYTES,
            1 << 20,
            RESPONSE_TIMEOUT,
            UNLIMITED,
            Set.of(EngineVersion.V4));
    private final EngineSessions sessions = new EngineSessions(settings);
    private NettyServer server;
    private int port;
    private RawWebSocket healthy;
    private String healthySid;

    private static Principal ownerOf(String token) {
        if (token.equals("wrong")) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        AddressLimiter addresses = new AddressLimiter(List.of(), UNLIMITED, UNLIMITED);
        RequestCounters traffic = new RequestCounters(ChatMetrics.none());
        EngineRoute engine = new EngineRoute(sessions, new ChatSockets(chat, sessions, traffic), addresses);
        HttpServerContext http = new HttpServerContext(
                new Origins(Set.of(ORIGIN), false, Set.of()),
                addresses,
                List.of(
                        engine,
                        new ConversationApi(new ApiCommands(chat, addresses, traffic, FileLinks.none())),
                        new HealthApi(chat.service())),
                settings.httpBounds(
                        "/socket.io/",
                        Limits.defaults().requestLineBytes(),
                        Limits.defaults().headerBytes()),
                new RejectionJson(),
                new RejectionLog());
        ConnectionInitializer connections = new ConnectionInitializer(http, null);
        server = new NettyServer("127.0.0.1", 0, Limits.DEFAULT_FRAME_BYTES, connections);
        port = server.bind();
        healthy = RawWebSocket.open(port);
        healthySid = healthy.nextText().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        connect(healthy, "healthy");
    }

    private static void connect(RawWebSocket socket, String token) {
        socket.connect("{\"token\":\"" + token + "\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(healthy.ask(1, "[\"leaveRoom\",\"r\"]")).contains("\"success\":true");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(sessions.size()).isEqualTo(1));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        healthy.close();
        await().pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(sessions.size()).isZero());
        server.unbind();
        chat.close(Duration.ofSeconds(1));
        sessions.closeAll(CloseReason.SERVER_STOPPING);
        server.stop();
    }

    int sessions() {
        return sessions.size();
    }

    int port() {
        return port;
    }

    ChatService chat() {
        return chat.service();
    }

    /** Returns the secret id of the healthy client's session, as if it had leaked. */
    String healthySid() {
        return healthySid;
    }

    /** Opens a WebSocket of an authenticated attacker. */
    RawWebSocket attacker() {
        RawWebSocket socket = RawWebSocket.open(port);
        assertThat(socket.nextText()).startsWith("0{");
        connect(socket, "mallory");
        return socket;
    }
}
