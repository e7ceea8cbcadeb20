package io.roomcast.chat.socketio.budget;

import io.roomcast.chat.socketio.internal.api.RejectionJson;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSession;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server with this library's Engine.IO and no chat. Ignores what its one client sends. */
final class EngineServer implements AutoCloseable {
    private static final int MANY = 1_000_000;
    private static final int MAX_PACKET = 1 << 16;

    private final EngineSettings settings =
            EngineSettings.withBounds(MAX_PACKET, 1 << 20, MANY, Set.of(EngineVersion.V4));
    private final EngineSessions sessions = new EngineSessions(settings);
    private final NettyServer server;
    private final int port;

    @Nullable
    private volatile EngineSession session;

    EngineServer() {
        AddressLimiter addresses = new AddressLimiter(List.of(), MANY, MANY);
        server = new NettyServer(
                "127.0.0.1",
                0,
                MAX_PACKET,
                new ConnectionInitializer(
                        new HttpServerContext(
                                new Origins(Set.of(), true, Set.of()),
                                addresses,
                                List.of(new EngineRoute(sessions, this::opened, addresses)),
                                settings.httpBounds("/socket.io/", 8_192, 16_384),
                                new RejectionJson(),
                                new RejectionLog()),
                        null));
        port = server.bind();
    }

    private EngineListener opened(EngineSession opened) {
        session = opened;
        return new EngineListener() {
            @Override
            public void message(String text) {}

            @Override
            public void packetsDropped() {}

            @Override
            public void closed() {}
        };
    }

    int port() {
        return port;
    }

    /** Sends a packet to the client. Returns when it is queued. */
    void send(EncodedPacket packet) {
        EngineSession opened = session;
        opened.loop().submit(() -> opened.send(packet)).syncUninterruptibly();
    }

    @Override
    public void close() {
        server.unbind();
        sessions.closeAll(CloseReason.SERVER_STOPPING);
        server.stop();
    }
}
