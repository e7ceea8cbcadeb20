package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.ChatEngineBuilder;
import io.roomcast.chat.EventHandler;
import io.roomcast.chat.EventRequest;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.socketio.internal.ServerRuntime;
import io.roomcast.chat.socketio.internal.api.PageRoute;
import io.roomcast.chat.socketio.internal.netty.JacksonParts;
import io.roomcast.chat.socketio.internal.netty.NettyParts;
import io.roomcast.chat.socketio.internal.settings.ConfigurationErrors;
import io.roomcast.chat.socketio.internal.settings.EnvironmentSettings;
import io.roomcast.chat.socketio.internal.settings.ServerConfiguration;
import io.roomcast.chat.socketio.internal.settings.ServerOptions;
import io.roomcast.chat.socketio.internal.settings.Setting;
import io.roomcast.chat.socketio.internal.tls.TlsSource;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.UserDirectory;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ChatServer}. Every setting has a default.
 *
 * <p>{@link #build} checks all settings together and reports all errors at the same time; the setters check for null
 * only. {@link #fromEnvironment()} reads the settings of operators from environment variables, which are named with
 * each setter below. Of two values for the same setting, the later call wins. Not safe for use by several threads.
 */
public final class ChatServerBuilder {
    /** The default port: {@value}. */
    public static final int DEFAULT_PORT = ServerOptions.DEFAULT_PORT;

    /** The default origin of web pages that may connect: {@value}. */
    public static final String DEFAULT_ORIGIN = ServerOptions.DEFAULT_ORIGIN;

    /** The default path of the Socket.IO endpoint: {@value}. */
    public static final String DEFAULT_PATH = ServerOptions.DEFAULT_PATH;

    private final ServerOptions options = new ServerOptions();
    private final EnvironmentSettings environment = new EnvironmentSettings();
    private final NettyOptions netty = new NettyOptions();

    ChatServerBuilder() {}

    /**
     * Sets everything that the environment variables of this process set. Later calls override them. {@link #build}
     * logs a warning for each unknown variable that begins with {@code CHAT_}. {@link #environment()} lists the known
     * ones.
     */
    public ChatServerBuilder fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Sets everything that the given variables set, as {@link #fromEnvironment()} does for this process.
     *
     * @param values the values of the variables by their names; a blank value counts as unset
     */
    public ChatServerBuilder fromEnvironment(Map<String, String> values) {
        environment.read(Checks.map(values, "values"), options);
        return this;
    }

    /**
     * Returns a description of the variables that {@link #fromEnvironment()} reads. Each line has the name, meaning,
     * range and default.
     */
    public static List<String> environment() {
        return Setting.ofEnvironment().stream().map(Setting::description).toList();
    }

    /**
     * Sets the port to listen on: 0 to 65,535, default {@value #DEFAULT_PORT}. With 0 the system chooses a free port.
     * Variable: {@code SOCKET_PORT}.
     */
    public ChatServerBuilder port(int port) {
        options.port(port);
        return this;
    }

    /**
     * Sets the host name or IP address to listen on. By default the server listens on all addresses if an authenticator
     * verifies clients or with {@link #openAccess()}, else on loopback only. Variable: {@code CHAT_HOST}.
     */
    public ChatServerBuilder host(String host) {
        options.host(host);
        return this;
    }

    /**
     * Sets the store of conversations and messages; by default they are kept in memory and lost when the server stops.
     * The server closes the store.
     */
    public ChatServerBuilder store(ChatStore store) {
        options.store(store);
        return this;
    }

    /**
     * Sets the authenticator, which identifies a client by its token; none by default. Without one, clients choose their
     * own user id, and the server listens on loopback only. The same holds for an authenticator that does not
     * {@linkplain Authenticator#verifies verify} clients.
     */
    public ChatServerBuilder authenticator(Authenticator authenticator) {
        options.authenticator(authenticator);
        return this;
    }

    /**
     * Permits a server without an authenticator to listen beyond loopback; by default {@link #build} refuses that. Such
     * a server logs a warning at each start. Variable: {@code CHAT_OPEN_ACCESS}, {@code true} or {@code false}.
     */
    public ChatServerBuilder openAccess() {
        options.openAccess(true);
        return this;
    }

    /**
     * Sets the policy that permits or refuses actions in conversations; default {@link AccessPolicy#openRooms()}.
     * Variable: {@code CHAT_ACCESS_POLICY}, {@code open} for that or {@code members} for
     * {@link AccessPolicy#membersOnly()}.
     */
    public ChatServerBuilder accessPolicy(AccessPolicy accessPolicy) {
        options.accessPolicy(accessPolicy);
        return this;
    }

    /** Sets which permissions each role has; default {@link Permissions#defaults()}. */
    public ChatServerBuilder permissions(Permissions permissions) {
        options.chat().permissions(permissions);
        return this;
    }

    /**
     * Sets the policy that decides whose presence a user sees; default {@link PresencePolicy#everyone()} with {@link
     * AccessPolicy#openRooms()}, else {@link PresencePolicy#sharedConversations()}. Variable: {@code
     * CHAT_PRESENCE_POLICY}, {@code everyone} or {@code shared} for these.
     */
    public ChatServerBuilder presencePolicy(PresencePolicy presencePolicy) {
        options.chat().presencePolicy(presencePolicy);
        return this;
    }

    /**
     * Sets the directory of users, which knows their names and pictures; none by default. Without one, {@code getUsers}
     * fails with {@code not_supported}.
     */
    public ChatServerBuilder users(UserDirectory users) {
        options.chat().users(users);
        return this;
    }

    /**
     * Sets the store of the files that users upload, such as {@link AttachmentStore#onDisk}; none by default. Without one,
     * users cannot upload, and messages may only refer to files that are elsewhere. Several servers with the same {@link
     * #store} need a store of files that all of them use. The server closes the store. Variable: {@code CHAT_FILES}, with a
     * folder, which {@link #build} refuses together with a {@linkplain #cluster bus} to other servers.
     */
    public ChatServerBuilder attachments(AttachmentStore store) {
        options.attachments(store);
        return this;
    }

    /**
     * Sets the inspector, which accepts or rejects the files that users upload, such as a virus scanner; default {@link
     * FileInspector#none()}.
     */
    public ChatServerBuilder fileInspector(FileInspector inspector) {
        options.chat().fileInspector(inspector);
        return this;
    }

    /**
     * Leaves the links of uploaded files without a signature. By default they have one, with which a browser loads a file
     * without a token for one to two hours, such as in an {@code <img>}. Without it every request for a file needs the token
     * of a user who may read the conversation then, so the front end itself loads the files that it shows.
     */
    public ChatServerBuilder unsignedFileLinks() {
        options.unsignedFileLinks(true);
        return this;
    }

    /**
     * Sets what calls need, and so permits them. Default: none; then clients cannot call each other. Variable: {@code
     * CHAT_CALLS}, with {@code CHAT_STUN_URLS}, or with {@code CHAT_TURN_URLS}, {@code CHAT_TURN_SECRET} and perhaps {@code
     * CHAT_TURN_ONLY}.
     */
    public ChatServerBuilder calls(CallOptions calls) {
        options.calls().ofHost(calls);
        return this;
    }

    /**
     * Sets what sends push notifications, one for each platform; none by default. Without one, clients cannot register
     * devices. See {@link ChatEngineBuilder#push}.
     */
    public ChatServerBuilder push(PushNotifier... notifiers) {
        options.chat().push(notifiers);
        return this;
    }

    /**
     * Sets what push notifications say; default {@link PushContent#none()}. Variable: {@code CHAT_PUSH_CONTENT}, with
     * {@code none}, {@code sender} or {@code full}.
     */
    public ChatServerBuilder pushContent(PushContent content) {
        options.chat().pushContent(content);
        return this;
    }

    /**
     * Sets the delays between a message and a push notification; default 1 second for a user without a session, and 30
     * seconds for one with sessions, none of which views the conversation. See {@link ChatEngineBuilder#pushDelay}.
     */
    public ChatServerBuilder pushDelay(Duration whenOffline, Duration whenConnected) {
        options.chat().pushDelay(whenOffline, whenConnected);
        return this;
    }

    /**
     * Sets the interceptor, which checks and changes messages before they are stored; default
     * {@link MessageInterceptor#none()}.
     */
    public ChatServerBuilder interceptor(MessageInterceptor interceptor) {
        options.chat().interceptor(interceptor);
        return this;
    }

    /**
     * Sets the limiter of each user's commands; default {@link RateLimiter#tokenBuckets()}. Variable:
     * {@code CHAT_RATE_LIMITS}, {@code on} for that or {@code off} for {@link RateLimiter#none()}.
     */
    public ChatServerBuilder rateLimiter(RateLimiter rateLimiter) {
        options.rateLimiter(rateLimiter);
        return this;
    }

    /** Sets the listener, which is called after events; default {@link ChatListener#none()}. */
    public ChatServerBuilder listener(ChatListener listener) {
        options.chat().listener(listener);
        return this;
    }

    /**
     * Sets the handler of an event that is the host's own, which clients send over Socket.IO or HTTP; none by default.
     * Its ack is what the handler returns. Each event has up to 64 threads for its calls, which may block. The event
     * counts as one of the rate {@code others}.
     *
     * <p>The chat's own events have names of letters only, also in later releases. So a name with a dot, a colon or a hyphen
     * remains free.
     *
     * @param name the name of the event: {@value ChatEngineBuilder#EVENT_NAMES}; neither one of the chat's own events nor
     *     one that Socket.IO reserves
     */
    public ChatServerBuilder on(String name, EventHandler handler) {
        options.on(name, handler);
        return this;
    }

    /**
     * Sets the handler of an event that is the host's own, as {@link #on(String, EventHandler)} does, and reads its
     * payload as an object, for example by {@code mapper::readValue} of Jackson.
     *
     * @param <T> the class of the payload
     */
    public <T> ChatServerBuilder on(
            String name, Class<T> type, EventHandler.PayloadReader<T> reader, EventHandler.Typed<T> handler) {
        return on(name, EventHandler.reading(type, reader, handler));
    }

    /**
     * Sets the handler of an event that is the host's own, as {@link #on(String, EventHandler)} does, whose result
     * completes later; none by default. The handler is called on the event's threads, and its result completes on a thread
     * of the host's.
     */
    public ChatServerBuilder onAsync(
            String name, Function<EventRequest, ? extends CompletionStage<@Nullable String>> handler) {
        options.onAsync(name, handler);
        return this;
    }

    /**
     * Sets all limits; default {@link Limits#defaults()}. Each limit also has a variable, such as
     * {@code CHAT_CONTENT_LENGTH} for {@link Limits#contentLength()}.
     */
    public ChatServerBuilder limits(Limits limits) {
        options.limits(limits);
        return this;
    }

    /** Sets the receiver of measurements; default {@link ChatMetrics#none()}. */
    public ChatServerBuilder metrics(ChatMetrics metrics) {
        options.chat().metrics(metrics);
        return this;
    }

    /**
     * Sets the executor that runs commands, which may block; by default the server uses its own threads. The server
     * never closes the given executor. A spare thread runs a task that the executor rejects. Do not pass an executor
     * that runs tasks on the calling thread, which would block event loops.
     */
    public ChatServerBuilder executor(Executor executor) {
        options.chat().executor(executor);
        return this;
    }

    /**
     * Sets the bus to other servers that use the same store; default {@link ClusterBus#local()}, for a single server.
     * {@link #build} refuses a bus to other servers with a store that only one server can use. The server opens and
     * closes the bus. Variable: {@code CHAT_CLUSTER}, with an address of Redis as of {@link
     * io.roomcast.chat.socketio.redis.RedisBus#builder}, or {@code store} for {@link ClusterBus#viaStore} with an
     * interval of 1 s.
     */
    public ChatServerBuilder cluster(ClusterBus bus) {
        options.cluster(bus);
        return this;
    }

    /**
     * Sets the name of this server among those of the cluster: 1 to 16 small letters, digits and hyphens. No other server
     * of the cluster may have it. The {@code sid} of each Engine.IO session then begins with the name and a dot, so that a
     * proxy can route polling clients to the server of their session without cookies. By default the server is logged
     * under a random name, which no {@code sid} contains. Variable: {@code CHAT_NODE}.
     */
    public ChatServerBuilder nodeName(String name) {
        options.nodeName(name);
        return this;
    }

    /**
     * Sets the origins of web pages that may connect; default {@value #DEFAULT_ORIGIN}. An origin is a scheme, a host
     * and optionally a port, such as {@code https://app.example.com} or {@code capacitor://localhost}. The values
     * {@code *} and {@code null} are refused, because they would admit pages of any site. Pages of the server's own
     * host and port are always allowed. Programs other than browsers send no origin and are not restricted. Variable:
     * {@code CLIENT_URL}, with origins separated by commas.
     */
    public ChatServerBuilder allowedOrigins(String... origins) {
        options.allowedOrigins(origins);
        return this;
    }

    /**
     * Sets the host names, without ports, that the server answers to besides those of this machine; by default it
     * answers to all names. A server that does not verify clients and has no {@link #openAccess()} then answers only to
     * names of this machine. Otherwise a page of another site could point its own name at this machine. Variable:
     * {@code CHAT_ALLOWED_HOSTS}, separated by commas.
     */
    public ChatServerBuilder allowedHosts(String... names) {
        options.allowedHosts(names);
        return this;
    }

    /**
     * Sets the path of the Socket.IO endpoint, which clients name in their {@code path} option; default
     * {@value #DEFAULT_PATH}. Leading and trailing slashes are ignored. A path below {@code /api} or {@code /health} is
     * not accepted. Variable: {@code CHAT_PATH}.
     */
    public ChatServerBuilder path(String path) {
        options.path(path);
        return this;
    }

    /**
     * Accepts Socket.IO clients 2.x as well, which use protocol 3 of Engine.IO; by default they are refused. They send
     * their token in the handshake request: as the query parameter {@code token}, which proxies may log, or in the
     * header {@code Authorization: Bearer}. Variable: {@code CHAT_LEGACY_CLIENTS}, {@code true} or {@code false}.
     */
    public ChatServerBuilder legacyClients() {
        options.legacyClients(true);
        return this;
    }

    /**
     * Turns on Socket.IO's connection state recovery; off by default. A client that reconnects within two minutes gets
     * its session back: {@code socket.recovered} is true, {@code socket.id} and the rooms are as before, and the server
     * sends the missed events. Clients are authenticated each time. Variable: {@code CHAT_CONNECTION_STATE_RECOVERY},
     * {@code true} or {@code false}.
     *
     * <p>Messages and their changes then have an additional last argument, the offset. Messages are sent one by one,
     * also to clients that accept batches. Volatile events, such as typing, are not recovered. A message that was
     * changed in the meantime is sent as {@code messageEdited} or {@code messageDeleted}.
     */
    public ChatServerBuilder connectionStateRecovery() {
        options.connectionStateRecovery(true);
        return this;
    }

    /**
     * Refuses a user's session beyond {@link Limits#sessionsPerUser()}. By default the server ends the user's longest
     * idle session instead, whose client receives {@code sessionRevoked} with the reason {@code too_many_sessions}.
     * Variable: {@code CHAT_REFUSE_SURPLUS_SESSIONS}, {@code true} or {@code false}.
     */
    public ChatServerBuilder refuseSurplusSessions() {
        options.refuseSurplusSessions(true);
        return this;
    }

    /**
     * Sets the addresses of reverse proxies in front of the server, such as {@code 10.0.0.7} or {@code 10.0.0.0/8};
     * none by default. Limits by address then apply to the clients that the proxies name in {@code X-Forwarded-For}.
     * The client is the first address from the right that is not a trusted proxy. IPv6 clients are counted by their
     * 64-bit network. Variable: {@code CHAT_TRUSTED_PROXIES}, separated by commas.
     */
    public ChatServerBuilder trustedProxies(String... ranges) {
        options.trustedProxies(ranges);
        return this;
    }

    /**
     * Serves over TLS 1.2 or 1.3 with a certificate chain and its private key in PEM files; without TLS by default. The
     * chain begins with the key's own certificate, followed by the certificates that signed it. The key is RSA, EC or
     * Ed25519, without a pass phrase, in any form that OpenSSL writes. Variables: {@code CHAT_TLS_CERTIFICATES} and
     * {@code CHAT_TLS_KEY}.
     *
     * <p>The files are read when the server is built, and checked for changes every ten seconds while it runs. New
     * connections use changed files. If these cannot be used, the server logs a warning and keeps using the old ones.
     */
    public ChatServerBuilder tls(Path certificates, Path key) {
        options.tls().certificates(requireNonNull(certificates, "certificates"));
        options.tls().key(requireNonNull(key, "key"));
        return this;
    }

    /**
     * Serves over TLS 1.2 or 1.3 with the private key and certificates of a key store; without TLS by default. The
     * store is read when the server is built.
     *
     * @param keys a loaded key store with a private key
     * @param password the password of the keys, which is copied
     */
    public ChatServerBuilder tls(KeyStore keys, char[] password) {
        options.tls().keyStore(keys, password);
        return this;
    }

    TlsSource tls() {
        return options.tls();
    }

    /** Sets options in terms of Netty, for hosts that use it themselves; none by default. */
    public ChatServerBuilder netty(Consumer<NettyOptions> settings) {
        requireNonNull(settings, "settings").accept(netty);
        return this;
    }

    /**
     * Serves a web page of the host at {@code /}: the files of a class path folder with an {@code index.html}. No page
     * by default. The files are read when the server is built.
     *
     * <p>A host that is a named module opens the package of that name, as in {@code opens page;}.
     *
     * @param loader the class loader that finds the folder
     * @param folder the path of the folder, such as {@code page}
     */
    public ChatServerBuilder page(ClassLoader loader, String folder) {
        requireNonNull(loader, "loader");
        requireNonNull(folder, "folder");
        options.page(() -> new PageRoute(loader, folder));
        return this;
    }

    /**
     * Returns the errors in these settings, one line each, without building a server. The list is empty if {@link
     * #build} would accept them. Reads the same files as {@link #build}.
     */
    public List<String> mistakes() {
        ConfigurationErrors errors = new ConfigurationErrors(environment);
        options.check(netty.sslContext(), errors);
        return errors.lines();
    }

    /**
     * Returns a server with these settings, not started yet. Reads the files of TLS and of the page, and opens the folder
     * of users' files if a variable names one.
     *
     * @throws IllegalArgumentException if a setting is invalid or a library is too old. The message has one line for
     *     each error: the name of the setter or variable, its value, and the expected values.
     */
    public ChatServer build() {
        ConfigurationErrors errors = new ConfigurationErrors(environment);
        refuseUnfitLibraries(errors);
        ServerConfiguration configuration = options.check(netty.sslContext(), errors);
        errors.throwIfAny();
        // Only now, because the folder is reserved for one store.
        options.openFiles(errors);
        errors.throwIfAny();
        environment.warnOfUnknown();
        options.calls().warnOfUnused();
        NettyParts.warn();
        return new ChatServer(configuration, new ServerRuntime(configuration, options.chat()));
    }

    /** Checks the libraries first, because the other checks may need classes that an unfit library lacks. */
    private static void refuseUnfitLibraries(ConfigurationErrors errors) {
        List<String> unfit = Stream.concat(NettyParts.errors().stream(), JacksonParts.errors().stream())
                .toList();
        if (!unfit.isEmpty()) {
            unfit.forEach(errors::add);
            errors.throwIfAny();
        }
    }
}
