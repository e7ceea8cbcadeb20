package io.roomcast.chat.socketio;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.Limits;
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
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry;
import io.roomcast.chat.socketio.internal.recovery.SharedSessions;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.SocketBroadcaster;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A real server whose chat lives in virtual time. */
final class ServerInVirtualTime implements AutoCloseable {
    private static final int MUCH = 1_000;

    private final VirtualTime time = new VirtualTime();
    private final EngineSettings settings = EngineSettings.withBounds(
            Limits.DEFAULT_FRAME_BYTES, 1 << 20, MUCH, Set.of(EngineVersion.V3, EngineVersion.V4));
    private final EngineSessions sessions = new EngineSessions(settings);
    private final ChatEngine chat;
    private final NettyServer server;
    private final int port;

    ServerInVirtualTime(Authenticator authenticator) {
        this(authenticator, false);
    }

    ServerInVirtualTime(Authenticator authenticator, boolean recovers) {
        chat = ChatEngine.builder()
                .clock(time.clock())
                .scheduler(time.scheduler())
                .broadcaster(new SocketBroadcaster(recovers, FileLinks.none()))
                .authenticator(authenticator)
                .build();
        AddressLimiter addresses = new AddressLimiter(List.of(), MUCH, MUCH);
        ChatSockets sockets = new ChatSockets(
                chat,
                sessions,
                new RequestCounters(ChatMetrics.none()),
                recovers ? new RecoveryRegistry(SharedSessions.none(), time.clock()) : ConnectionRecovery.disabled(),
                false,
                FileLinks.none());
        EngineRoute engine = new EngineRoute(sessions, sockets, addresses);
        Origins origins = new Origins(Set.of(), false, Set.of());
        server = new NettyServer(
                "127.0.0.1",
                0,
                Limits.DEFAULT_FRAME_BYTES,
                new ConnectionInitializer(
                        new HttpServerContext(
                                origins,
                                addresses,
                                List.of(engine),
                                settings.httpBounds(
                                        "/socket.io/",
                                        Limits.defaults().requestLineBytes(),
                                        Limits.defaults().headerBytes()),
                                new RejectionJson(),
                                new RejectionLog()),
                        null));
        port = server.bind();
    }

    VirtualTime time() {
        return time;
    }

    ChatService chat() {
        return chat.service();
    }

    int port() {
        return port;
    }

    /** How many connections are there. */
    int connections() {
        return sessions.size();
    }

    @Override
    public void close() {
        server.unbind();
        chat.close(Duration.ofSeconds(1));
        sessions.closeAll(CloseReason.SERVER_STOPPING);
        server.stop();
    }
}
