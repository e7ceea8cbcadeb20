package io.roomcast.chat.socketio;

import io.netty.handler.ssl.SslContext;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.ChatServiceBuilder;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.internal.api.ContractRoute;
import io.roomcast.chat.socketio.internal.api.ConversationApi;
import io.roomcast.chat.socketio.internal.api.DrainGuard;
import io.roomcast.chat.socketio.internal.api.HealthApi;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.SocketBroadcaster;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that makes a server but the chat itself, checked; builds it. Immutable. */
record ServerAssembly(
        int port,
        @Nullable String host,
        Set<String> origins,
        Set<String> hosts,
        String path,
        Limits limits,
        boolean authenticated,
        boolean openAccess,
        List<AddressRange> trustedProxies,
        boolean legacyClients,
        boolean connectionStateRecovery,
        boolean refusesSurplusSessions,
        Optional<ServerTls> tls,
        Optional<HttpRoute> page) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    ChatServer build(ChatServiceBuilder parts) {
        ChatService chat = parts.limits(limits)
                .broadcaster(new SocketBroadcaster(connectionStateRecovery))
                .build();
        EngineSettings engine = engine();
        EngineSessions sessions = new EngineSessions(engine, chat.metrics());
        RequestCounters traffic = new RequestCounters(chat.metrics());
        ChatSockets sockets = new ChatSockets(chat, sessions, traffic, recovery(), refusesSurplusSessions);
        AddressLimiter addresses =
                new AddressLimiter(trustedProxies, limits.connectionsPerAddress(), limits.handshakesPerSecond());
        RejectionLog refusals = new RejectionLog(chat.metrics());
        EngineRoute route = new EngineRoute(path, sessions, sockets, addresses, refusals);
        DrainGuard drain = new DrainGuard(route::isOfSession);
        List<HttpRoute> routes = new ArrayList<>(List.of(
                drain,
                route,
                new ConversationApi(chat, addresses, traffic),
                new HealthApi(chat),
                new ContractRoute(path)));
        page.ifPresent(routes::add);
        ConnectionInitializer connections = new ConnectionInitializer(
                addresses,
                allowed(),
                routes,
                engine.httpBounds(path, limits),
                refusals,
                tls.map(ServerAssembly::contexts).orElse(null));
        NettyServer server = new NettyServer(address(), port, limits.frameBytes(), connections);
        return new ChatServer(chat, sockets, sessions, traffic, refusals, drain, server, tls, warning());
    }

    private static Supplier<SslContext> contexts(ServerTls tls) {
        return tls::context;
    }

    private ConnectionRecovery.Factory recovery() {
        return connectionStateRecovery ? new RecoveryRegistry(Clock.systemUTC()) : ConnectionRecovery.disabled();
    }

    private EngineSettings engine() {
        Set<EngineVersion> versions =
                legacyClients ? Set.of(EngineVersion.V3, EngineVersion.V4) : Set.of(EngineVersion.V4);
        return EngineSettings.withBounds(
                limits.frameBytes(),
                HandshakeSize.bytes(limits),
                limits.pendingBytes(),
                limits.packetsPerSecond(),
                versions);
    }

    private Origins allowed() {
        return new Origins(origins, !authenticated && !openAccess, hosts);
    }

    String address() {
        if (host != null) {
            return host;
        }
        return authenticated || openAccess ? EVERYWHERE : LOOPBACK;
    }

    /** Whether only those can reach it who may. */
    boolean isSafe() {
        return authenticated || openAccess || isLoopback();
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(address()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private String warning() {
        return authenticated || isLoopback()
                ? ""
                : "this server believes whoever reaches it: no authenticator verifies clients, and it listens on "
                        + address();
    }
}
