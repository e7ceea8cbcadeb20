package io.roomcast.chat.socketio;

import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.RateLimiter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a host may say of a server itself. */
final class ServerSettings {
    /** In the README's order. */
    static final List<Setting> ALL = List.of(
            new Setting(
                    "port",
                    "SOCKET_PORT",
                    String.valueOf(ChatServerBuilder.DEFAULT_PORT),
                    "",
                    "0 to 65,535",
                    "where it listens; 0 takes a free port",
                    (server, value) -> server.port(port(value))),
            new Setting(
                    "host",
                    "CHAT_HOST",
                    "loopback; every address with an authenticator or open access",
                    "",
                    "a name or an address",
                    "the address it listens on",
                    ChatServerBuilder::host),
            new Setting(
                    "allowedOrigins",
                    "CLIENT_URL",
                    ChatServerBuilder.DEFAULT_ORIGIN,
                    "",
                    "scheme://host[:port], several with commas between",
                    "origins of pages that may connect, besides the server's own",
                    (server, value) -> server.allowedOrigins(list(value))),
            new Setting(
                    "allowedHosts",
                    "CHAT_ALLOWED_HOSTS",
                    "all; those of this machine where clients are not verified",
                    "",
                    "names without ports, several with commas between",
                    "host names that it answers to, besides those of this machine",
                    (server, value) -> server.allowedHosts(list(value))),
            new Setting(
                    "path",
                    "CHAT_PATH",
                    ChatServerBuilder.DEFAULT_PATH,
                    "",
                    "a path",
                    "where Socket.IO clients connect, as their option path has it",
                    ChatServerBuilder::path),
            new Setting(
                    "openAccess",
                    "CHAT_OPEN_ACCESS",
                    "false",
                    "",
                    "true or false",
                    "lets a server without an authenticator listen beyond loopback",
                    (server, value) -> server.openAccess(either(value, "true", "false"))),
            new Setting(
                    "accessPolicy",
                    "CHAT_ACCESS_POLICY",
                    "open",
                    "",
                    "open or members",
                    "who may enter a conversation: all who are let in, or its members",
                    (server, value) -> server.accessPolicy(
                            either(value, "open", "members") ? AccessPolicy.openRooms() : AccessPolicy.membersOnly())),
            new Setting(
                    "rateLimiter",
                    "CHAT_RATE_LIMITS",
                    "on",
                    "",
                    "on or off",
                    "whether a user who asks too often is refused",
                    (server, value) -> server.rateLimiter(
                            either(value, "on", "off") ? RateLimiter.tokenBuckets() : RateLimiter.none())),
            new Setting(
                    "legacyClients",
                    "CHAT_LEGACY_CLIENTS",
                    "false",
                    "",
                    "true or false",
                    "lets clients 2.x in as well",
                    (server, value) -> server.legacyClients(either(value, "true", "false"))),
            new Setting(
                    "connectionStateRecovery",
                    "CHAT_CONNECTION_STATE_RECOVERY",
                    "false",
                    "",
                    "true or false",
                    "gives clients that were cut off their sessions back, by Socket.IO's own means",
                    (server, value) -> server.connectionStateRecovery(either(value, "true", "false"))),
            new Setting(
                    "refuseSurplusSessions",
                    "CHAT_REFUSE_SURPLUS_SESSIONS",
                    "false",
                    "",
                    "true or false",
                    "refuses a user's session beyond the limit, in place of ending the one idle for longest",
                    (server, value) -> server.refuseSurplusSessions(either(value, "true", "false"))),
            new Setting(
                    "trustedProxies",
                    "CHAT_TRUSTED_PROXIES",
                    "none",
                    "",
                    "addresses such as 10.0.0.7 or 10.0.0.0/8, several with commas between",
                    "proxies whose X-Forwarded-For is believed",
                    (server, value) -> server.trustedProxies(list(value))),
            new Setting(
                    "tls",
                    "CHAT_TLS_CERTIFICATES",
                    "no TLS",
                    "",
                    "a PEM file",
                    "the certificate chain to serve TLS with",
                    (server, value) -> server.tls().certificates(Path.of(value))),
            new Setting(
                    "tls",
                    "CHAT_TLS_KEY",
                    "no TLS",
                    "",
                    "a PEM file",
                    "the key of that certificate",
                    (server, value) -> server.tls().key(Path.of(value))),
            inCode("store", "in memory", "where messages are kept"),
            inCode("authenticator", "none: every client is believed", "who tells who a client is"),
            inCode("interceptor", "none", "who sees messages before they are stored"),
            inCode("listener", "none", "who hears of what has happened"),
            inCode("metrics", "none", "who takes the server's measure"),
            inCode("executor", "the server's own threads", "what commands run on"),
            inCode("page", "none", "a page of the host's own at the root"),
            inCode("netty", "none", "what can be said only in terms of Netty"),
            inCode("limits", "those below", "all of the following at once"));

    private ServerSettings() {}

    private static Setting inCode(String method, String fallback, String meaning) {
        return new Setting(method, "", fallback, "", "", meaning, (server, value) -> {});
    }

    private static int port(String value) {
        int port = Integer.parseInt(value);
        if (port < 0 || port > ChatServerBuilder.MAX_PORT) {
            throw new IllegalArgumentException(value);
        }
        return port;
    }

    private static boolean either(String value, String yes, String no) {
        if (!value.equals(yes) && !value.equals(no)) {
            throw new IllegalArgumentException(value);
        }
        return value.equals(yes);
    }

    private static String[] list(String value) {
        return Stream.of(value.split(",", -1)).map(String::strip).toArray(String[]::new);
    }
}
