package io.roomcast.examples.chatserver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the server is to run. Immutable.
 *
 * @param port where it listens; 0 for any free port
 * @param host the address it listens on; null for the library's choice
 * @param clientUrls the origins whose pages may use it
 * @param store where the messages are kept
 * @param tokenSecret what tokens are signed with; null for no authentication
 * @param openAccess whether it may be reached from elsewhere without authentication
 * @param demo whether users are known by tokens that nobody signed
 * @param rateLimits whether a client that asks too often is refused
 */
record ServerConfig(
        int port,
        @Nullable String host,
        List<String> clientUrls,
        StoreChoice store,
        @Nullable String tokenSecret,
        boolean openAccess,
        boolean demo,
        boolean rateLimits) {
    /** The shortest secret that HS256 should be used with (RFC 7518, section 3.2). */
    static final int SECRET_BYTES = 32;

    /**
     * Reads the configuration.
     *
     * @throws ConfigException with all mistakes at once
     */
    static ServerConfig parse(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        ServerConfig config = new ServerConfig(
                environment.port("SOCKET_PORT", 3001),
                environment.text("CHAT_HOST").orElse(null),
                Origins.read(environment),
                StoreChoice.read(environment),
                tokenSecret(environment),
                environment.either("CHAT_OPEN_ACCESS", "true", "false", false),
                environment.either("CHAT_DEMO", "true", "false", false),
                environment.either("CHAT_RATE_LIMITS", "on", "off", true));
        config.checkAccess(environment);
        environment.refuseMistakes();
        return config;
    }

    /** An empty secret is a mistake and not an absent one: it must not turn authentication off. */
    @Nullable
    private static String tokenSecret(Environment environment) {
        Optional<String> secret = environment.secret("CHAT_TOKEN_SECRET");
        if (secret.filter(ServerConfig::isShort).isPresent()) {
            environment.mistake("CHAT_TOKEN_SECRET", "(not shown)", "at least " + SECRET_BYTES + " bytes");
        }
        return secret.orElse(null);
    }

    private static boolean isShort(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES;
    }

    private void checkAccess(Environment environment) {
        if (openAccess && authenticated()) {
            environment.mistake("CHAT_OPEN_ACCESS", "true", "not together with CHAT_TOKEN_SECRET");
        }
        if (demo && authenticated()) {
            environment.mistake("CHAT_DEMO", "true", "not together with CHAT_TOKEN_SECRET");
        }
        if (host != null && !Reach.isLoopback(host) && !openAccess && !authenticated()) {
            environment.mistake(
                    "CHAT_HOST", host, "a loopback address, or CHAT_TOKEN_SECRET, or CHAT_OPEN_ACCESS=true");
        }
    }

    boolean authenticated() {
        return tokenSecret != null;
    }

    Reach reach() {
        return new Reach(host, authenticated() || openAccess);
    }

    /** Without the secret, so that it cannot slip into a log. */
    @Override
    public String toString() {
        return "store: " + store + ", authentication: " + authentication() + ", " + reach();
    }

    private String authentication() {
        if (demo) {
            return "demo, every name is believed";
        }
        return authenticated() ? "on" : "off";
    }
}
