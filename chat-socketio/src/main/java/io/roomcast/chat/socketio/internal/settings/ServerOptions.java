package io.roomcast.chat.socketio.internal.settings;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.ChatEngineBuilder;
import io.roomcast.chat.EventHandler;
import io.roomcast.chat.EventRequest;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.tls.TlsSource;
import io.roomcast.chat.socketio.redis.RedisBus;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.RateLimiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a server, and checks them together. The setters themselves accept any value but null. Not
 * safe for use by several threads.
 */
public final class ServerOptions {
    /** The default port. */
    public static final int DEFAULT_PORT = 3001;

    /** The default origin of web pages. */
    public static final String DEFAULT_ORIGIN = "http://localhost:3000";

    /** The default path of the Socket.IO endpoint. */
    public static final String DEFAULT_PATH = "/socket.io";

    private static final int MAX_PORT = 65_535;
    private static final Set<String> RESERVED_PATHS = Set.of("api", "health");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
    private static final String STORE = "store";
    private static final Duration STORE_INTERVAL = Duration.ofSeconds(1);
    private static final String CLUSTER_VALUES =
            "neither store nor an address of Redis, such as redis://user:password@redis:6379";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

    private final ChatEngineBuilder chat = ChatEngine.builder();
    private final EventNames events = new EventNames();
    private final TlsSource tls = new TlsSource();
    private final CallVariables calls = new CallVariables();
    private LimitsBuilder limits = Limits.builder();
    private int port = DEFAULT_PORT;

    @Nullable
    private String host;

    private List<String> origins = List.of(DEFAULT_ORIGIN);
    private List<String> hosts = List.of();
    private String path = DEFAULT_PATH;
    private boolean authenticated;
    private boolean openAccess;
    private List<String> trustedProxies = List.of();
    private boolean legacyClients;
    private boolean connectionStateRecovery;
    private boolean refusesSurplusSessions;
    private boolean unsignedFileLinks;
    private Supplier<Optional<HttpRoute>> page = Optional::empty;

    private ClusterBus cluster = ClusterBus.local();

    @Nullable
    private String clusterError;

    @Nullable
    private String nodeName;

    private String storeName = "in memory";
    private String attachmentsName = "none";

    @Nullable
    private Path filesFolder;

    private String authenticatorName = "none";
    private String accessPolicyName = PortNames.of(AccessPolicy.openRooms());
    private String rateLimiterName = "none";

    /** Collects settings, each with its default. */
    public ServerOptions() {
        rateLimiter(RateLimiter.tokenBuckets());
    }

    /** Returns the builder of the chat, for the ports that need no check. */
    public ChatEngineBuilder chat() {
        return chat;
    }

    public CallVariables calls() {
        return calls;
    }

    public TlsSource tls() {
        return tls;
    }

    public LimitsBuilder limits() {
        return limits;
    }

    public void limits(Limits limits) {
        this.limits = requireNonNull(limits, "limits").toBuilder();
    }

    public void port(int port) {
        this.port = port;
    }

    static boolean isPort(int port) {
        return port >= 0 && port <= MAX_PORT;
    }

    public void host(String host) {
        this.host = requireNonNull(host, "host");
    }

    public void store(ChatStore store) {
        chat.store(store);
        storeName = PortNames.of(store);
    }

    public void attachments(AttachmentStore store) {
        chat.attachments(store);
        attachmentsName = PortNames.of(store);
        filesFolder = null;
    }

    /** Sets the store of files by a folder, which {@link #openFiles} opens. */
    void attachments(String folder) {
        filesFolder = Path.of(folder);
        attachmentsName = "folder";
    }

    /** Opens the store of files if it was set by a folder. Call it once, when the other settings are valid. Blocks. */
    public void openFiles(ConfigurationErrors errors) {
        if (filesFolder != null) {
            try {
                chat.attachments(AttachmentStore.onDisk(filesFolder));
            } catch (ChatException | IllegalStateException unusable) {
                errors.expect(false, "attachments", filesFolder, "a folder that no other server uses");
            }
        }
    }

    public void cluster(ClusterBus bus) {
        chat.cluster(bus);
        cluster = bus;
        clusterError = null;
    }

    /** Sets the bus by an address of Redis, or by {@value #STORE} for a bus that needs no server. */
    void cluster(String address) {
        try {
            cluster(address.equals(STORE) ? ClusterBus.viaStore(STORE_INTERVAL) : RedisBus.connect(address));
        } catch (IllegalArgumentException malformed) {
            // The value may contain a password.
            clusterError = CLUSTER_VALUES;
        } catch (IllegalStateException noJedis) {
            clusterError = String.valueOf(noJedis.getMessage());
        }
    }

    public void nodeName(String name) {
        nodeName = requireNonNull(name, "name");
    }

    public void authenticator(Authenticator authenticator) {
        chat.authenticator(authenticator);
        authenticated = authenticator.verifies();
        authenticatorName = PortNames.of(authenticator) + (authenticated ? "" : " (does not verify clients)");
    }

    public void openAccess(boolean openAccess) {
        this.openAccess = openAccess;
    }

    public void accessPolicy(AccessPolicy accessPolicy) {
        chat.accessPolicy(accessPolicy);
        accessPolicyName = PortNames.of(accessPolicy);
    }

    public void rateLimiter(RateLimiter rateLimiter) {
        chat.rateLimiter(rateLimiter);
        rateLimiterName = rateLimiter == RateLimiter.none() ? "none" : PortNames.of(rateLimiter);
    }

    /** Sets the handler of an event of the host's own, unless it cannot have the name. */
    public void on(String name, EventHandler handler) {
        requireNonNull(handler, "handler");
        if (events.add(name)) {
            chat.on(name, handler);
        }
    }

    /** Sets the handler of an event of the host's own whose result completes later. */
    public void onAsync(String name, Function<EventRequest, ? extends CompletionStage<@Nullable String>> handler) {
        requireNonNull(handler, "handler");
        if (events.add(name)) {
            chat.onAsync(name, handler);
        }
    }

    public void allowedOrigins(String... origins) {
        this.origins = Checks.list(Arrays.asList(requireNonNull(origins, "origins")), "origins");
    }

    public void allowedHosts(String... names) {
        this.hosts = Checks.list(Arrays.asList(requireNonNull(names, "names")), "names");
    }

    public void path(String path) {
        this.path = requireNonNull(path, "path");
    }

    public void legacyClients(boolean legacyClients) {
        this.legacyClients = legacyClients;
    }

    public void connectionStateRecovery(boolean connectionStateRecovery) {
        this.connectionStateRecovery = connectionStateRecovery;
    }

    public void refuseSurplusSessions(boolean refusesSurplusSessions) {
        this.refusesSurplusSessions = refusesSurplusSessions;
    }

    public void unsignedFileLinks(boolean unsignedFileLinks) {
        this.unsignedFileLinks = unsignedFileLinks;
    }

    public void trustedProxies(String... ranges) {
        trustedProxies = Checks.list(Arrays.asList(requireNonNull(ranges, "ranges")), "ranges");
    }

    /** Sets how to create the route of the host's page; called when the options are checked. */
    public void page(Supplier<HttpRoute> page) {
        this.page = () -> Optional.of(page.get());
    }

    /**
     * Checks all settings and returns them as a configuration, which is usable if there are no errors. Reads the files
     * of TLS and of the page.
     *
     * @param ofHost the TLS context that the host created itself, or null
     */
    public ServerConfiguration check(@Nullable SslContext ofHost, ConfigurationErrors errors) {
        errors.expect(isPort(port), "port", port, "0 to 65,535");
        ServerConfiguration configuration = new ServerConfiguration(
                port,
                host,
                origins(errors),
                hosts(errors),
                nodeName,
                path(errors),
                errors.take(limits::build, Limits.defaults()),
                authenticated,
                openAccess,
                proxies(errors),
                legacyClients,
                connectionStateRecovery,
                refusesSurplusSessions,
                unsignedFileLinks,
                errors.take(() -> tls.tls(ofHost), Optional.empty()),
                errors.take(page, Optional.empty()),
                new PortNames(
                        storeName,
                        attachmentsName,
                        clusterName(),
                        authenticatorName,
                        accessPolicyName,
                        rateLimiterName));
        checkNode(errors);
        events.check(errors);
        calls.check(errors).ifPresent(chat::calls);
        HandshakeSize.check(configuration.limits(), errors);
        errors.expect(
                configuration.isSafe(), "host", configuration.address(), "loopback, an authenticator, or openAccess()");
        return configuration;
    }

    private String clusterName() {
        return cluster == ClusterBus.local() ? "none" : PortNames.of(cluster);
    }

    private void checkNode(ConfigurationErrors errors) {
        if (clusterError != null) {
            errors.addOf("cluster", clusterError);
        }
        errors.expect(chat.hasSharedStore(), "cluster", PortNames.of(cluster), ChatEngineBuilder.SHARED_STORE);
        if (filesFolder != null) {
            boolean isAlone = cluster.pollInterval().isEmpty();
            errors.expect(isAlone, "attachments", filesFolder, "a store of files that all nodes use");
        }
        if (nodeName != null && ChatEngineBuilder.isNodeName(nodeName)) {
            chat.nodeName(nodeName);
        } else if (nodeName != null) {
            errors.expect(false, "nodeName", nodeName, ChatEngineBuilder.NODE_NAMES);
        }
    }

    private Set<String> origins(ConfigurationErrors errors) {
        return origins.stream()
                .flatMap(origin -> errors.take(() -> Stream.of(PageOrigin.normalize(origin)), Stream.empty()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> hosts(ConfigurationErrors errors) {
        for (String name : hosts) {
            errors.expect(HOST_NAME.matcher(name).matches(), "allowedHosts", name, "a name without a port");
        }
        return hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private String path(ConfigurationErrors errors) {
        String bare = path.strip().replaceAll("^/+|/+$", "");
        boolean isFree = !bare.isEmpty() && !RESERVED_PATHS.contains(bare.split("/", 2)[0]);
        errors.expect(
                isFree && PATH.matcher(bare).matches(),
                "path",
                path,
                "a path such as /socket.io or /chat/socket.io, not below /api or /health");
        return "/" + bare + "/";
    }

    private List<AddressRange> proxies(ConfigurationErrors errors) {
        return trustedProxies.stream()
                .flatMap(range -> errors.take(() -> Stream.of(AddressRange.parse(range)), Stream.empty()))
                .toList();
    }
}
