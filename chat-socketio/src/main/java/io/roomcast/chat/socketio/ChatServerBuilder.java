package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.ChatServiceBuilder;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.internal.ChatSockets;
import io.roomcast.chat.socketio.internal.ConnectionInitializer;
import io.roomcast.chat.socketio.internal.NettyServer;
import io.roomcast.chat.socketio.internal.Recovery;
import io.roomcast.chat.socketio.internal.SocketBroadcaster;
import io.roomcast.chat.socketio.internal.http.ConversationApi;
import io.roomcast.chat.socketio.internal.http.DrainGuard;
import io.roomcast.chat.socketio.internal.http.HealthApi;
import io.roomcast.chat.socketio.internal.http.PageRoute;
import io.roomcast.chat.socketio.internal.transport.AddressRange;
import io.roomcast.chat.socketio.internal.transport.Addresses;
import io.roomcast.chat.socketio.internal.transport.EngineRoute;
import io.roomcast.chat.socketio.internal.transport.EngineSessions;
import io.roomcast.chat.socketio.internal.transport.EngineSettings;
import io.roomcast.chat.socketio.internal.transport.EngineVersion;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;
import io.roomcast.chat.socketio.internal.transport.Origins;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ChatServer} is made of. Not safe for use by several threads. */
public final class ChatServerBuilder {
    /** The port where the host names none: {@value}. */
    public static final int DEFAULT_PORT = 3001;

    /** The origin of pages where the host names none: {@value}. */
    public static final String DEFAULT_ORIGIN = "http://localhost:3000";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final int MAX_PORT = 65_535;

    private final ChatServiceBuilder chat = ChatService.builder().rateLimiter(RateLimiter.tokenBuckets());
    private int port = DEFAULT_PORT;

    @Nullable
    private String host;

    private Set<String> origins = Set.of(DEFAULT_ORIGIN);
    private Limits limits = Limits.defaults();
    private boolean authenticated;
    private boolean openAccess;

    private final NettyOptions netty = new NettyOptions();
    private List<AddressRange> trustedProxies = List.of();
    private Set<EngineVersion> versions = Set.of(EngineVersion.V4);

    @Nullable
    private Recovery recovery;

    @Nullable
    private HttpRoute page;

    ChatServerBuilder() {}

    /** Sets the port, 0 to 65,535; 0 lets the system choose. {@value #DEFAULT_PORT} if unset. */
    public ChatServerBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets the name or address to listen on. If unset: all addresses with an authenticator or {@link #openAccess()}, else
     * loopback alone.
     */
    public ChatServerBuilder host(String host) {
        this.host = requireNonNull(host, "host");
        return this;
    }

    /** Sets where messages are kept; a store in memory if unset. The server closes it. */
    public ChatServerBuilder store(ChatStore store) {
        chat.store(store);
        return this;
    }

    /** Sets who tells who a client is; if unset, every client is believed, and the server listens on loopback alone. */
    public ChatServerBuilder authenticator(Authenticator authenticator) {
        chat.authenticator(authenticator);
        authenticated = true;
        return this;
    }

    /** Lets a server without an authenticator listen beyond loopback; it warns of that at each start. */
    public ChatServerBuilder openAccess() {
        openAccess = true;
        return this;
    }

    /** Sets who may do what; {@link AccessPolicy#openRooms()} if unset. */
    public ChatServerBuilder accessPolicy(AccessPolicy accessPolicy) {
        chat.accessPolicy(accessPolicy);
        return this;
    }

    /** Sets who sees messages before they are stored; {@link MessageInterceptor#none()} if unset. */
    public ChatServerBuilder interceptor(MessageInterceptor interceptor) {
        chat.interceptor(interceptor);
        return this;
    }

    /** Sets how often a user may ask; {@link RateLimiter#tokenBuckets()} if unset. */
    public ChatServerBuilder rateLimiter(RateLimiter rateLimiter) {
        chat.rateLimiter(rateLimiter);
        return this;
    }

    /** Sets who hears of what has happened; {@link ChatListener#none()} if unset. */
    public ChatServerBuilder listener(ChatListener listener) {
        chat.listener(listener);
        return this;
    }

    /** Sets how much a client may ask for; {@link Limits#defaults()} if unset. */
    public ChatServerBuilder limits(Limits limits) {
        this.limits = requireNonNull(limits, "limits");
        chat.limits(limits);
        return this;
    }

    /** Sets the threads that commands run on, and block; if unset the server has its own. Never closed by it. */
    public ChatServerBuilder executor(Executor executor) {
        chat.executor(executor);
        return this;
    }

    /**
     * Sets the origins of web pages that may talk to the server, such as {@code https://app.example.com}; if unset,
     * {@value #DEFAULT_ORIGIN}. Programs that are no browsers send none and are not kept out by this.
     */
    public ChatServerBuilder allowedOrigins(String... origins) {
        this.origins = Set.of(origins);
        return this;
    }

    /**
     * Lets clients 2.x in as well, which speak version 3 of the Engine.IO protocol; refused if unset. Their token comes in
     * the handshake: as the query parameter {@code token}, which proxies may log, or as {@code Authorization: Bearer}.
     */
    public ChatServerBuilder legacyClients() {
        versions = Set.of(EngineVersion.V3, EngineVersion.V4);
        return this;
    }

    /**
     * Lets clients have a session back whose connection they lost less than two minutes ago, by Socket.IO's own connection
     * state recovery: {@code socket.recovered} is true, {@code socket.id} and the rooms are what they were, and what was
     * missed comes as the events that it would have come as; off if unset.
     *
     * <p>Messages and their changes then carry an offset as their last argument, which handlers that take all arguments
     * see, and messages come one by one, also to clients that ask for several at once. Passing events, such as typing, are
     * not told again. A changed message comes as {@code messageEdited} or {@code messageDeleted}. Clients are
     * authenticated each time.
     */
    public ChatServerBuilder connectionStateRecovery() {
        recovery = new Recovery(Clock.systemUTC());
        return this;
    }

    /**
     * Sets the addresses of proxies in front of the server, such as {@code 10.0.0.0/8}; none if unset. Limits by address
     * then hold for the clients that they name in {@code X-Forwarded-For}.
     *
     * @throws IllegalArgumentException if one is no address or range of addresses
     */
    public ChatServerBuilder trustedProxies(String... ranges) {
        trustedProxies = Stream.of(ranges).map(AddressRange::parse).toList();
        return this;
    }

    /**
     * Serves over TLS, version 1.2 or 1.3, with a certificate chain and its key in PEM files, read now; without TLS if
     * unset.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    public ChatServerBuilder tls(Path certificates, Path key) {
        return netty(options -> options.sslContext(TlsContexts.ofPem(certificates, key)));
    }

    /**
     * Serves over TLS, version 1.2 or 1.3, with the key and certificates of a key store; without TLS if unset.
     *
     * @throws IllegalArgumentException if the key store cannot be used
     */
    public ChatServerBuilder tls(KeyStore keys, char[] password) {
        return netty(options -> options.sslContext(TlsContexts.ofKeyStore(keys, password)));
    }

    /** Sets what can be said only in terms of Netty. */
    public ChatServerBuilder netty(Consumer<NettyOptions> settings) {
        settings.accept(netty);
        return this;
    }

    /**
     * Serves a page of the host's own at the root: the files of a class path folder, read now. It may talk to the server
     * under the names of this machine; where it is reached by another name, that origin must be allowed.
     *
     * @throws IllegalArgumentException if the folder has no {@code index.html}
     */
    public ChatServerBuilder page(ClassLoader loader, String folder) {
        page = new PageRoute(loader, folder);
        return this;
    }

    /**
     * A server with these parts, not started yet.
     *
     * @throws IllegalArgumentException if settings make no sense; the text names all of them
     */
    public ChatServer build() {
        List<String> mistakes = mistakes();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        ChatService service =
                chat.broadcaster(new SocketBroadcaster(recovery != null)).build();
        EngineSessions sessions = new EngineSessions(EngineSettings.withBounds(
                limits.frameBytes(), limits.pendingBytes(), limits.packetsPerSecond(), versions));
        ChatSockets sockets = new ChatSockets(service, sessions, recovery);
        DrainGuard drain = new DrainGuard();
        Addresses addresses =
                new Addresses(trustedProxies, limits.connectionsPerAddress(), limits.handshakesPerSecond());
        List<HttpRoute> routes = routes(service, new EngineRoute(sessions, sockets, addresses), addresses, drain);
        ConnectionInitializer connections =
                new ConnectionInitializer(addresses, allowed(), routes, limits.frameBytes(), netty.sslContext());
        NettyServer server = new NettyServer(address(), port, limits.frameBytes(), connections);
        return new ChatServer(service, sockets, sessions, drain, server, warning());
    }

    private List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (port < 0 || port > MAX_PORT) {
            mistakes.add("port: " + port + " (expected: 0 to " + MAX_PORT + ")");
        }
        for (String origin : origins) {
            if (!origin.matches("https?://[^/\\s]+")) {
                mistakes.add("allowedOrigins: " + origin + " (expected: a scheme, a host and perhaps a port)");
            }
        }
        if (!isLoopback() && !authenticated && !openAccess) {
            mistakes.add("host: " + host + " (expected: loopback, an authenticator, or openAccess())");
        }
        return mistakes;
    }

    private List<HttpRoute> routes(ChatService service, EngineRoute engine, Addresses addresses, DrainGuard drain) {
        List<HttpRoute> routes = new ArrayList<>(
                List.of(drain, engine, new ConversationApi(service, addresses), new HealthApi(service)));
        if (page != null) {
            routes.add(page);
        }
        return routes;
    }

    private Origins allowed() {
        String ownScheme = page == null ? "" : netty.sslContext() == null ? "http" : "https";
        return new Origins(origins, !authenticated && !openAccess, ownScheme);
    }

    private String address() {
        if (host != null) {
            return host;
        }
        return authenticated || openAccess ? EVERYWHERE : LOOPBACK;
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
                : "this server believes whoever reaches it: it has no authenticator, and listens on " + address();
    }
}
