package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.ChatServiceBuilder;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import io.roomcast.chat.socketio.internal.api.PageRoute;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.netty.JacksonParts;
import io.roomcast.chat.socketio.internal.netty.NettyParts;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ChatServer} is made of. Not safe for use by several threads. */
public final class ChatServerBuilder {
    /** The port where the host names none: {@value}. */
    public static final int DEFAULT_PORT = 3001;

    /** The origin of pages where the host names none: {@value}. */
    public static final String DEFAULT_ORIGIN = "http://localhost:3000";

    /** The default path of the Socket.IO endpoint: {@value}. */
    public static final String DEFAULT_PATH = "/socket.io";

    static final int MAX_PORT = 65_535;

    private static final Set<String> RESERVED = Set.of("api", "health");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

    private final ChatServiceBuilder chat = ChatService.builder().rateLimiter(RateLimiter.tokenBuckets());
    private final NettyOptions netty = new NettyOptions();
    private final TlsSource tls = new TlsSource();
    private final EnvironmentSettings variables = new EnvironmentSettings();
    private int port = DEFAULT_PORT;

    @Nullable
    private String host;

    private List<String> origins = List.of(DEFAULT_ORIGIN);
    private List<String> hosts = List.of();
    private String path = DEFAULT_PATH;
    private LimitsBuilder limits = Limits.builder();
    private boolean authenticated;
    private boolean openAccess;
    private List<String> trustedProxies = List.of();
    private boolean legacyClients;
    private boolean connectionStateRecovery;
    private boolean refusesSurplusSessions;
    private Supplier<Optional<HttpRoute>> page = Optional::empty;

    ChatServerBuilder() {}

    /**
     * Does what the variables of this process say, as the table in the README has it; what is set afterwards counts
     * more. A variable that begins with {@code CHAT_} and means nothing here is a warning in the log when the server is
     * built.
     */
    public ChatServerBuilder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /** The same with variables that come from elsewhere, by their names. A blank one says nothing. */
    public ChatServerBuilder fromEnvironment(Map<String, String> values) {
        variables.read(Checks.map(values, "values"), this);
        return this;
    }

    /**
     * Describes the variables that {@link #fromEnvironment()} reads. Each line has the name, meaning, range and
     * default.
     */
    public static List<String> environment() {
        return Setting.all().stream()
                .filter(setting -> !setting.variable().isEmpty())
                .map(Setting::described)
                .toList();
    }

    /** Sets the port, 0 to 65,535; 0 lets the system choose. {@value #DEFAULT_PORT} if unset. */
    public ChatServerBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets the name or address to listen on. If unset: all addresses with an authenticator or {@link #openAccess()},
     * else loopback alone.
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

    /**
     * Sets the authenticator, which identifies clients. If unset, every client is believed, and the server listens on
     * loopback only. The same holds for an authenticator that does not verify clients.
     */
    public ChatServerBuilder authenticator(Authenticator authenticator) {
        chat.authenticator(authenticator);
        authenticated = authenticator.verifies();
        return this;
    }

    /**
     * Lets a server without an authenticator listen beyond loopback; refused if unset. It warns of that at each start.
     */
    public ChatServerBuilder openAccess() {
        return openAccess(true);
    }

    ChatServerBuilder openAccess(boolean openAccess) {
        this.openAccess = openAccess;
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
        this.limits = requireNonNull(limits, "limits").toBuilder();
        return this;
    }

    LimitsBuilder limits() {
        return limits;
    }

    /** Sets who takes the server's measure; {@link ChatMetrics#none()} if unset. */
    public ChatServerBuilder metrics(ChatMetrics metrics) {
        chat.metrics(metrics);
        return this;
    }

    /**
     * Sets the executor that runs commands, which may block. If unset, the server uses its own threads. The server
     * never closes the given executor. A spare thread runs a task that the executor refuses. An executor that runs
     * tasks on the calling thread blocks event loops.
     */
    public ChatServerBuilder executor(Executor executor) {
        chat.executor(executor);
        return this;
    }

    /**
     * Sets the origins of web pages that may connect: a scheme, a host and optionally a port, such as {@code
     * https://app.example.com} or {@code capacitor://localhost}. If unset, {@value #DEFAULT_ORIGIN}. Pages of the
     * server's own host and port are always allowed. Programs other than browsers send no origin and are not
     * restricted. Neither {@code *} nor {@code null} is accepted, because pages of any site can have them.
     */
    public ChatServerBuilder allowedOrigins(String... origins) {
        this.origins = Checks.list(Arrays.asList(requireNonNull(origins, "origins")), "origins");
        return this;
    }

    /**
     * Sets the host names, without ports, that the server answers to besides those of this machine. If unset, it
     * answers to all names. A server that does not verify clients and has no {@link #openAccess()} then answers only to
     * names of this machine. Otherwise a page of another site could point its own name at this machine.
     */
    public ChatServerBuilder allowedHosts(String... names) {
        this.hosts = Checks.list(Arrays.asList(requireNonNull(names, "names")), "names");
        return this;
    }

    /**
     * Sets the path of the Socket.IO endpoint, which clients name in their {@code path} option; {@value #DEFAULT_PATH}
     * if unset. Leading and trailing slashes are ignored.
     */
    public ChatServerBuilder path(String path) {
        this.path = requireNonNull(path, "path");
        return this;
    }

    /**
     * Lets clients 2.x in as well, which speak version 3 of the Engine.IO protocol; refused if unset. Their token comes
     * in the handshake: as the query parameter {@code token}, which proxies may log, or as
     * {@code Authorization: Bearer}.
     */
    public ChatServerBuilder legacyClients() {
        return legacyClients(true);
    }

    ChatServerBuilder legacyClients(boolean legacyClients) {
        this.legacyClients = legacyClients;
        return this;
    }

    /**
     * Lets clients have a session back whose connection they lost less than two minutes ago, by Socket.IO's own
     * connection state recovery: {@code socket.recovered} is true, {@code socket.id} and the rooms are what they were,
     * and what was missed comes as the events that it would have come as; off if unset.
     *
     * <p>Messages and their changes then carry an offset as their last argument, which handlers that take all arguments
     * see, and messages come one by one, also to clients that ask for several at once. Passing events, such as typing,
     * are not told again. A changed message comes as {@code messageEdited} or {@code messageDeleted}. Clients are
     * authenticated each time.
     */
    public ChatServerBuilder connectionStateRecovery() {
        return connectionStateRecovery(true);
    }

    ChatServerBuilder connectionStateRecovery(boolean connectionStateRecovery) {
        this.connectionStateRecovery = connectionStateRecovery;
        return this;
    }

    /**
     * Refuses a user's session beyond {@link Limits#sessionsPerUser()}. If unset, the server ends the user's longest
     * idle session instead. That session's client receives {@code sessionRevoked} with the reason {@code
     * too_many_sessions}.
     */
    public ChatServerBuilder refuseSurplusSessions() {
        return refuseSurplusSessions(true);
    }

    ChatServerBuilder refuseSurplusSessions(boolean refusesSurplusSessions) {
        this.refusesSurplusSessions = refusesSurplusSessions;
        return this;
    }

    /**
     * Sets the addresses of proxies in front of the server, such as {@code 10.0.0.7} or {@code 10.0.0.0/8}; none if
     * unset. Limits by address then apply to the clients that the proxies name in {@code X-Forwarded-For}. The client
     * is the first address from the right that is not a trusted proxy. IPv6 clients are counted by their 64-bit
     * network.
     */
    public ChatServerBuilder trustedProxies(String... ranges) {
        trustedProxies = Checks.list(Arrays.asList(requireNonNull(ranges, "ranges")), "ranges");
        return this;
    }

    /**
     * Serves over TLS 1.2 or 1.3 with a certificate chain and its key in PEM files; without TLS if unset. The chain
     * begins with the key's own certificate, followed by those that signed it. The key is RSA, EC or Ed25519, without a
     * pass phrase, in any form that OpenSSL writes.
     *
     * <p>The files are read when the server is built, and checked for changes every ten seconds while it runs. New
     * connections use changed files. If these cannot be used, the server logs a warning and keeps using the old ones.
     */
    public ChatServerBuilder tls(Path certificates, Path key) {
        tls.certificates(requireNonNull(certificates, "certificates"));
        tls.key(requireNonNull(key, "key"));
        return this;
    }

    /**
     * Serves over TLS, version 1.2 or 1.3, with the key and certificates of a key store, read when the server is built;
     * without TLS if unset.
     */
    public ChatServerBuilder tls(KeyStore keys, char[] password) {
        tls.keyStore(keys, password);
        return this;
    }

    TlsSource tls() {
        return tls;
    }

    /** Sets what can be said only in terms of Netty; nothing of that if unset. */
    public ChatServerBuilder netty(Consumer<NettyOptions> settings) {
        requireNonNull(settings, "settings").accept(netty);
        return this;
    }

    /**
     * Serves the host's own page at the root: the files of a class path folder with an {@code index.html}. They are
     * read when the server is built. No page if unset.
     *
     * <p>A host that is a named module opens the package of that name, as in {@code opens page;}.
     */
    public ChatServerBuilder page(ClassLoader loader, String folder) {
        requireNonNull(loader, "loader");
        requireNonNull(folder, "folder");
        page = () -> Optional.of(new PageRoute(loader, folder));
        return this;
    }

    /** What {@link #build} would complain of now, a line each; nothing if it would succeed. Reads files. */
    public List<String> mistakes() {
        ConfigurationErrors found = new ConfigurationErrors(variables);
        plan(found);
        return found.lines();
    }

    /**
     * A server with these parts, not started yet.
     *
     * @throws IllegalArgumentException if settings make no sense; the text has a line for each mistake, which names the
     *     setting as this builder heard of it, what it was set to, and what was expected
     */
    public ChatServer build() {
        ConfigurationErrors found = new ConfigurationErrors(variables);
        refuseUnfitLibraries(found);
        ServerAssembly plan = plan(found);
        found.refuse();
        variables.warnOfUnknown();
        NettyParts.warn();
        return plan.build(chat);
    }

    /** Refuses before anything else is looked at, which may need the classes that are missing. */
    private static void refuseUnfitLibraries(ConfigurationErrors found) {
        List<String> unfit = Stream.concat(NettyParts.mistakes().stream(), JacksonParts.mistakes().stream())
                .toList();
        if (!unfit.isEmpty()) {
            unfit.forEach(found::add);
            found.refuse();
        }
    }

    private ServerAssembly plan(ConfigurationErrors found) {
        found.expect(port >= 0 && port <= MAX_PORT, "port", port, "0 to 65,535");
        ServerAssembly plan = new ServerAssembly(
                port,
                host,
                origins(found),
                hosts(found),
                path(found),
                found.take(limits::build, Limits.defaults()),
                authenticated,
                openAccess,
                proxies(found),
                legacyClients,
                connectionStateRecovery,
                refusesSurplusSessions,
                found.take(() -> tls.tls(netty), Optional.empty()),
                found.take(page, Optional.empty()));
        HandshakeSize.check(plan.limits(), found);
        found.expect(plan.isSafe(), "host", plan.address(), "loopback, an authenticator, or openAccess()");
        return plan;
    }

    private Set<String> origins(ConfigurationErrors found) {
        return origins.stream()
                .flatMap(origin -> found.take(() -> Stream.of(PageOrigin.normalize(origin)), Stream.empty()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> hosts(ConfigurationErrors found) {
        for (String name : hosts) {
            found.expect(HOST_NAME.matcher(name).matches(), "allowedHosts", name, "a name without a port");
        }
        return hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private String path(ConfigurationErrors found) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        boolean isOwn = !bare.isEmpty() && !RESERVED.contains(bare.split("/", 2)[0]);
        found.expect(
                isOwn && PATH.matcher(bare).matches(),
                "path",
                path,
                "a path such as /socket.io or /chat/socket.io, not below /api or /health");
        return "/" + bare + "/";
    }

    private List<AddressRange> proxies(ConfigurationErrors found) {
        return trustedProxies.stream()
                .flatMap(range -> found.take(() -> Stream.of(AddressRange.parse(range)), Stream.empty()))
                .toList();
    }
}
