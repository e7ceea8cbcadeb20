package io.roomcast.chat.socketio.internal;

import io.netty.handler.ssl.SslContext;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.ChatEngineBuilder;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.socketio.internal.api.ApiCommands;
import io.roomcast.chat.socketio.internal.api.ClientRoute;
import io.roomcast.chat.socketio.internal.api.ContractRoute;
import io.roomcast.chat.socketio.internal.api.ConversationApi;
import io.roomcast.chat.socketio.internal.api.DrainGuard;
import io.roomcast.chat.socketio.internal.api.EventApi;
import io.roomcast.chat.socketio.internal.api.HealthApi;
import io.roomcast.chat.socketio.internal.api.RejectionJson;
import io.roomcast.chat.socketio.internal.engine.CloseReason;
import io.roomcast.chat.socketio.internal.engine.EngineRoute;
import io.roomcast.chat.socketio.internal.engine.EngineSessions;
import io.roomcast.chat.socketio.internal.files.FileServer;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.netty.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.netty.NettyServer;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.recovery.RecoveryRegistry;
import io.roomcast.chat.socketio.internal.recovery.SharedSessions;
import io.roomcast.chat.socketio.internal.request.HttpBounds;
import io.roomcast.chat.socketio.internal.settings.ServerConfiguration;
import io.roomcast.chat.socketio.internal.socket.ChatSockets;
import io.roomcast.chat.socketio.internal.socket.ConnectionDrain;
import io.roomcast.chat.socketio.internal.socket.RequestCounters;
import io.roomcast.chat.socketio.internal.socket.SocketBroadcaster;
import io.roomcast.chat.socketio.internal.tls.ServerTls;
import io.roomcast.chat.socketio.internal.wire.ClientEvents;
import io.roomcast.chat.socketio.internal.wire.WireForms;
import io.roomcast.chat.spi.ChatMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles the parts of a server, and starts and stops them in order. The caller starts it at most once and stops it
 * once, one after the other; everything else is safe for use by any thread.
 */
public final class ServerRuntime {
    private static final Logger log = LoggerFactory.getLogger(ServerRuntime.class);

    /** The time in which polling clients may fetch the last packets, perhaps over new connections. */
    private static final Duration POLL_WINDOW = Duration.ofSeconds(2);

    /** The time in which load balancers notice that a server is not ready. */
    private static final Duration BALANCER_NOTICE = Duration.ofSeconds(5);

    /** The time over which clients spread their reconnects. */
    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(5);

    private final FileLinks links = new FileLinks(Clock.systemUTC());
    private final ChatEngine chat;
    private final Optional<FileServer> files;
    private final EngineSessions sessions;
    private final RequestCounters requests;
    private final ChatSockets sockets;
    private final RejectionLog rejections;
    private final HealthApi health;
    private final DrainGuard drain;
    private final ConnectionDrain connectionDrain;
    private final NettyServer server;
    private final Optional<ServerTls> tls;
    private boolean listening;

    /** Assembles a server that does not listen yet; its chat runs from now on. */
    public ServerRuntime(ServerConfiguration configuration, ChatEngineBuilder parts) {
        WireForms.check();
        chat = parts.limits(configuration.limits())
                .broadcaster(new SocketBroadcaster(configuration.connectionStateRecovery(), links))
                .build();
        files = chat.attachments().map(store -> new FileServer(chat, store, links));
        if (!configuration.unsignedFileLinks()) {
            files.ifPresent(FileServer::signLinks);
        }
        sessions = sessions(configuration, chat.metrics());
        requests = new RequestCounters(chat.metrics());
        rejections = new RejectionLog(chat.metrics()::onRefusedRequest);
        tls = configuration.tls();
        sockets = new ChatSockets(
                chat, sessions, requests, recovery(configuration, chat), configuration.refusesSurplusSessions(), links);
        connectionDrain = new ConnectionDrain(sockets);
        health = new HealthApi(chat.service());
        AddressLimiter addresses = addresses(configuration);
        EngineRoute route = new EngineRoute(configuration.path(), sessions, sockets, addresses, rejections);
        drain = new DrainGuard(route::belongsToSession);
        HttpServerContext context = new HttpServerContext(
                configuration.allowed(),
                addresses,
                routes(configuration, route, addresses),
                bounds(configuration),
                new RejectionJson(),
                rejections);
        ConnectionInitializer connections = new ConnectionInitializer(
                context, tls.map(ServerRuntime::contexts).orElse(null));
        server = new NettyServer(
                configuration.address(),
                configuration.port(),
                configuration.limits().frameBytes(),
                connections);
    }

    private static EngineSessions sessions(ServerConfiguration configuration, ChatMetrics metrics) {
        EngineSessions sessions = new EngineSessions(
                configuration.engine(), configuration.sidPrefix(), reason -> metrics.onDisconnect(reason.label()));
        metrics.onTransport("polling", sessions::polling);
        metrics.onTransport("websocket", sessions::webSockets);
        return sessions;
    }

    private static HttpBounds bounds(ServerConfiguration configuration) {
        return configuration
                .engine()
                .httpBounds(
                        configuration.path(),
                        configuration.limits().requestLineBytes(),
                        configuration.limits().headerBytes());
    }

    private static ConnectionRecovery.Factory recovery(ServerConfiguration configuration, ChatEngine chat) {
        return configuration.connectionStateRecovery()
                ? new RecoveryRegistry(SharedSessions.of(chat), Clock.systemUTC())
                : ConnectionRecovery.disabled();
    }

    private static AddressLimiter addresses(ServerConfiguration configuration) {
        return new AddressLimiter(
                configuration.trustedProxies(),
                configuration.limits().connectionsPerAddress(),
                configuration.limits().handshakesPerSecond());
    }

    private List<HttpRoute> routes(ServerConfiguration configuration, EngineRoute engine, AddressLimiter addresses) {
        ApiCommands commands = new ApiCommands(chat, addresses, requests, links);
        List<HttpRoute> routes = new ArrayList<>(List.of(
                health,
                drain,
                engine,
                new ConversationApi(commands),
                new EventApi(commands, ClientEvents.of(chat.events())),
                new ContractRoute(configuration.path()),
                new ClientRoute()));
        files.ifPresent(parts -> routes.addAll(parts.routes(commands)));
        configuration.page().ifPresent(routes::add);
        return routes;
    }

    private static Supplier<SslContext> contexts(ServerTls tls) {
        return tls::context;
    }

    /**
     * Binds the port; blocks until it is bound.
     *
     * @return the port
     * @throws IllegalStateException if the port cannot be bound; everything is closed then
     */
    public int start() {
        try {
            int port = server.bind();
            listening = true;
            tls.ifPresent(ServerTls::start);
            return port;
        } catch (IllegalStateException unbound) {
            chat.close(Duration.ZERO);
            throw unbound;
        }
    }

    /**
     * Moves the clients to other servers while this one still works: first those that connect, and after a while those
     * that are connected. Blocks until all have left, until the timeout, or until the server is stopped.
     */
    public void drain(Duration timeout) throws InterruptedException {
        Duration sixth = timeout.dividedBy(6);
        Duration notice = sixth.compareTo(BALANCER_NOTICE) < 0 ? sixth : BALANCER_NOTICE;
        health.startDraining();
        if (!connectionDrain.pause(notice)) {
            drain.startDraining();
            chat.startDraining();
            connectionDrain.run(timeout.minus(notice));
        }
    }

    /**
     * Shuts the parts down in order: refuses new work, ends the chat, sends what is outstanding, and closes the
     * connections. Blocks.
     *
     * @param timeout how long running commands may take
     */
    public void stop(Duration timeout) {
        connectionDrain.cancel();
        if (listening) {
            health.startDraining();
            step(drain::startDraining);
            if (sessions.polling() == 0) {
                step(server::unbind);
            }
        }
        step(() -> chat.close(timeout));
        step(() -> sockets.announceDrain(RECONNECT_WINDOW));
        step(() -> sessions.closeAllWhenDrained(CloseReason.SERVER_STOPPING, POLL_WINDOW));
        step(server::unbind);
        step(() -> sessions.closeAll(CloseReason.SERVER_STOPPING));
        step(server::stop);
        step(() -> files.ifPresent(FileServer::close));
        step(() -> tls.ifPresent(ServerTls::stop));
    }

    /** Runs one step of the shutdown. An exception is logged and does not prevent the next steps. */
    private static void step(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            log.error("a step of the shutdown failed", failure);
        }
    }

    /** Returns the API for host code. */
    public ChatService chat() {
        return chat.service();
    }

    /** Returns the connections of clients. */
    public EngineSessions sessions() {
        return sessions;
    }

    /** Returns the counters of clients' events. */
    public RequestCounters requests() {
        return requests;
    }

    /** Returns the log of HTTP requests that were rejected before they were routed. */
    public RejectionLog rejections() {
        return rejections;
    }

    /** Returns the name of Netty's transport that the server runs on. */
    public String transport() {
        return server.transport();
    }
}
