package io.roomcast.examples.chatserver;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.examples.chatserver.log.LogSettings;
import io.roomcast.examples.chatserver.users.KnownUsers;
import io.roomcast.examples.chatserver.users.UsersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the server. Immutable.
 *
 * @param library the variables that the library reads
 * @param store the type of the store
 * @param tokenSecret the secret that verifies tokens; null for no authentication
 * @param demo whether unsigned tokens are trusted
 * @param metrics the address of the metrics endpoint; empty for none
 * @param webhook the endpoint that receives all messages; empty for none
 * @param push the notifications to browsers; empty for none
 * @param users the file with the names of users; empty for none
 * @param drain the time in which a stopping server moves its clients to others
 */
record ServerConfig(
        Map<String, String> library,
        StoreChoice store,
        @Nullable String tokenSecret,
        boolean demo,
        Optional<MetricsAddress> metrics,
        Optional<WebhookSettings> webhook,
        Optional<PushSettings> push,
        Optional<UsersFile> users,
        Duration drain) {
    /** The shortest secret for HS256 (RFC 7518, section 3.2). */
    static final int SECRET_BYTES = 32;

    private static final String CLUSTER = "CHAT_CLUSTER";
    private static final String DRAIN = "CHAT_DRAIN_SECONDS";
    private static final String USERS = "CHAT_USERS_FILE";

    private static final int MAX_DRAIN_SECONDS = 600;
    private static final int DRAIN_SECONDS_IN_CLUSTER = 20;

    private static final Set<String> OWN = Set.of(
            "CHAT_STORE",
            "CHAT_DATA_DIR",
            "CHAT_TOKEN_SECRET",
            "CHAT_DEMO",
            "CHAT_METRICS_PORT",
            "CHAT_METRICS_HOST",
            WebhookSettings.URL,
            WebhookSettings.SECRET,
            USERS,
            WebhookSettings.RESUME,
            PushSettings.PUBLIC_KEY,
            PushSettings.PRIVATE_KEY,
            PushSettings.SUBJECT,
            PushSettings.SERVICES,
            "CHAT_CLASS_DATA",
            DRAIN,
            LogSettings.FORMAT,
            LogSettings.LEVEL);

    /** The expected value in an error message, in terms of environment variables instead of the builder. */
    private static final String EXPECTED = "a loopback address, CHAT_TOKEN_SECRET, or CHAT_OPEN_ACCESS=true";

    /**
     * Reads the configuration.
     *
     * @throws ConfigException with all errors, if there are any
     */
    static ServerConfig parse(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        ServerConfig config = new ServerConfig(
                withoutOwn(variables),
                StoreChoice.read(environment),
                tokenSecret(environment),
                environment.flag("CHAT_DEMO", "true", "false", false),
                MetricsAddress.read(environment),
                WebhookSettings.read(environment),
                PushSettings.read(environment),
                environment.text(USERS).flatMap(path -> usersFile(environment, path)),
                drain(environment));
        config.checkCombinations(environment);
        environment.flag(LogSettings.FORMAT, "json", "text", false);
        environment.oneOf(LogSettings.LEVEL, "error", "warn", "info", "debug");
        environment.throwErrors(config.libraryErrors());
        return config;
    }

    private static Optional<UsersFile> usersFile(Environment environment, String path) {
        try {
            return Optional.of(UsersFile.of(Path.of(path)));
        } catch (IOException | InvalidPathException unreadable) {
            environment.addError(USERS, path, "a file with a JSON object, such as {\"alice\": \"Alice Example\"}");
            return Optional.empty();
        }
    }

    /** Without other servers, a stop that takes longer would only delay the clients. */
    private static Duration drain(Environment environment) {
        int standard = environment.text(CLUSTER).isPresent() ? DRAIN_SECONDS_IN_CLUSTER : 0;
        return Duration.ofSeconds(environment.number(DRAIN, MAX_DRAIN_SECONDS).orElse(standard));
    }

    /**
     * Returns the folder of the embedded database.
     *
     * @throws ConfigException if it is not a path
     */
    static Path dataDirectory(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Path directory = StoreChoice.directory(environment);
        environment.throwErrors(List.of());
        return directory;
    }

    /** The store is opened only after the configuration is read, so another one stands in for it. */
    private List<String> libraryErrors() {
        return builder().store(ChatStore.inMemory()).mistakes().stream()
                .map(line ->
                        line.replaceFirst("\\(expected: [^()]*openAccess\\(\\)\\)", "(expected: " + EXPECTED + ")"))
                .toList();
    }

    private static Map<String, String> withoutOwn(Map<String, String> variables) {
        return variables.entrySet().stream()
                .filter(variable ->
                        !OWN.contains(variable.getKey()) && !variable.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the secret. An empty one is an error and does not count as absent, because authentication would be off. */
    @Nullable
    private static String tokenSecret(Environment environment) {
        Optional<String> secret = environment.secret("CHAT_TOKEN_SECRET");
        if (secret.filter(ServerConfig::isShort).isPresent()) {
            environment.addError("CHAT_TOKEN_SECRET", "(not shown)", "at least " + SECRET_BYTES + " bytes");
        }
        return secret.orElse(null);
    }

    private static boolean isShort(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES;
    }

    private void checkCombinations(Environment environment) {
        if (openAccess() && authenticated()) {
            environment.addError("CHAT_OPEN_ACCESS", "true", "not together with CHAT_TOKEN_SECRET");
        }
        if (library.containsKey(CLUSTER) && !(store instanceof StoreChoice.Mongo)) {
            environment.addError(
                    CLUSTER, "on, with a store of this server alone", "MONGODB_URI, the same for all servers");
        }
        if (demo && authenticated()) {
            environment.addError("CHAT_DEMO", "true", "not together with CHAT_TOKEN_SECRET");
        }
    }

    /** Returns a builder with everything except the store, the page and the metrics. */
    ChatServerBuilder builder() {
        return builder(new KnownUsers(users));
    }

    /** Does the same with a directory that the tokens of users add to. */
    ChatServerBuilder builder(KnownUsers known) {
        ChatServerBuilder builder = ChatServer.builder();
        if (tokenSecret != null) {
            builder.authenticator(new Hs256Authenticator(tokenSecret, known::authenticated));
        } else if (demo) {
            builder.authenticator(Hs256Authenticator.ofUnsigned(known::authenticated));
        }
        if (authenticated() || demo || users.isPresent()) {
            builder.users(known);
        }
        return builder.fromEnvironment(library);
    }

    /**
     * Opens the store of the files that users upload. Empty if another one is configured, or if there are no users, as
     * anonymous clients cannot upload.
     *
     * @throws StartException if the store cannot be used
     */
    Optional<AttachmentStore> openFiles() {
        boolean hasUsers = authenticated() || demo;
        return hasUsers && !library.containsKey("CHAT_FILES") ? store.openFiles() : Optional.empty();
    }

    /** Returns whether tokens are verified. */
    boolean authenticated() {
        return tokenSecret != null;
    }

    /** Returns the configured port as text. */
    String port() {
        return library.getOrDefault("SOCKET_PORT", String.valueOf(ChatServerBuilder.DEFAULT_PORT));
    }

    private @Nullable String host() {
        String host = library.get("CHAT_HOST");
        return host == null ? null : host.strip();
    }

    private boolean openAccess() {
        return library.getOrDefault("CHAT_OPEN_ACCESS", "").strip().equals("true");
    }

    /** Returns the address that the server listens on. */
    ListenAddress listenAddress() {
        return new ListenAddress(host(), authenticated() || openAccess());
    }

    /** Returns the URL of the page on this machine. */
    String url(int port) {
        return listenAddress().url(library.containsKey("CHAT_TLS_CERTIFICATES") ? "https" : "http", port);
    }

    /** Returns the configuration without the secret, so that it can be logged. */
    @Override
    public String toString() {
        return "store: " + store + ", authentication: " + authentication() + ", " + listenAddress();
    }

    private String authentication() {
        if (demo) {
            return "demo, every name is believed";
        }
        return authenticated() ? "on" : "off";
    }
}
