package io.roomcast.chat.socketio;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.internal.ChatSockets;
import io.roomcast.chat.socketio.internal.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.NettyServer;
import io.roomcast.chat.socketio.internal.Recovery;
import io.roomcast.chat.socketio.internal.SocketBroadcaster;
import io.roomcast.chat.socketio.internal.Traffic;
import io.roomcast.chat.socketio.internal.transport.Addresses;
import io.roomcast.chat.socketio.internal.transport.CloseReason;
import io.roomcast.chat.socketio.internal.transport.EngineRoute;
import io.roomcast.chat.socketio.internal.transport.EngineSessions;
import io.roomcast.chat.socketio.internal.transport.EngineSettings;
import io.roomcast.chat.socketio.internal.transport.EngineVersion;
import io.roomcast.chat.socketio.internal.transport.HttpBounds;
import io.roomcast.chat.socketio.internal.transport.Origins;
import io.roomcast.chat.socketio.internal.transport.Refusals;
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
    private final EngineSessions sessions = new EngineSessions(settings, ChatMetrics.none());
    private final ChatService chat;
    private final NettyServer server;
    private final int port;

    ServerInVirtualTime(Authenticator authenticator) {
        this(authenticator, false);
    }

    ServerInVirtualTime(Authenticator authenticator, boolean recovers) {
        chat = ChatService.builder()
                .clock(time.clock())
                .scheduler(time.scheduler())
                .broadcaster(new SocketBroadcaster(recovers))
                .authenticator(authenticator)
                .build();
        Addresses addresses = new Addresses(List.of(), MUCH, MUCH);
        ChatSockets sockets = new ChatSockets(
                chat, sessions, new Traffic(ChatMetrics.none()), recovers ? new Recovery(time.clock()) : null, false);
        EngineRoute engine = new EngineRoute(sessions, sockets, addresses);
        Origins origins = new Origins(Set.of(), false, Set.of());
        server = new NettyServer(
                "127.0.0.1",
                0,
                Limits.DEFAULT_FRAME_BYTES,
                new ConnectionInitializer(
                        addresses,
                        origins,
                        List.of(engine),
                        HttpBounds.of(Limits.defaults(), "/socket.io/", settings),
                        new Refusals(ChatMetrics.none()),
                        null));
        port = server.bind();
    }

    VirtualTime time() {
        return time;
    }

    ChatService chat() {
        return chat;
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
