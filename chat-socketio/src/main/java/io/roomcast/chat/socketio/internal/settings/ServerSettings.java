package io.roomcast.chat.socketio.internal.settings;

import io.roomcast.chat.ChatEngineBuilder;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.PushContent;
import io.roomcast.chat.spi.RateLimiter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The settings of a server, in the order of the document's table; {@link LimitSettings} has the limits. */
final class ServerSettings {
    private static final String FLAG = "true or false";

    static final List<Setting> ALL = List.of(
            new Setting(
                    "port",
                    "SOCKET_PORT",
                    String.valueOf(ServerOptions.DEFAULT_PORT),
                    "",
                    "0 to 65,535",
                    "the port to listen on; 0 takes a free one",
                    (options, value) -> options.port(port(value))),
            new Setting(
                    "host",
                    "CHAT_HOST",
                    "loopback; all addresses with an authenticator or open access",
                    "",
                    "a host name or an IP address",
                    "the address to listen on",
                    ServerOptions::host),
            new Setting(
                    "allowedOrigins",
                    "CLIENT_URL",
                    ServerOptions.DEFAULT_ORIGIN,
                    "",
                    "scheme://host[:port], separated by commas",
                    "the origins of web pages that may connect, besides the server's own",
                    (options, value) -> options.allowedOrigins(list(value))),
            new Setting(
                    "allowedHosts",
                    "CHAT_ALLOWED_HOSTS",
                    "all; names of this machine if clients are not verified",
                    "",
                    "names without ports, separated by commas",
                    "the host names in requests that the server accepts, besides those of this machine",
                    (options, value) -> options.allowedHosts(list(value))),
            new Setting(
                    "path",
                    "CHAT_PATH",
                    ServerOptions.DEFAULT_PATH,
                    "",
                    "a path",
                    "the path of the Socket.IO endpoint, the clients' option path",
                    ServerOptions::path),
            flag(
                    "openAccess",
                    "CHAT_OPEN_ACCESS",
                    "permits a server without an authenticator to listen beyond loopback",
                    ServerOptions::openAccess),
            new Setting(
                    "accessPolicy",
                    "CHAT_ACCESS_POLICY",
                    "open",
                    "",
                    "open or members",
                    "the users who may enter an open conversation: all, or members only",
                    (options, value) -> options.accessPolicy(
                            either(value, "open", "members") ? AccessPolicy.openRooms() : AccessPolicy.membersOnly())),
            new Setting(
                    "presencePolicy",
                    "CHAT_PRESENCE_POLICY",
                    "everyone in open rooms, else shared",
                    "",
                    "everyone or shared",
                    "whose presence a user sees: that of all users, or of those in a shared conversation",
                    (options, value) -> options.chat()
                            .presencePolicy(
                                    either(value, "everyone", "shared")
                                            ? PresencePolicy.everyone()
                                            : PresencePolicy.sharedConversations())),
            new Setting(
                    "rateLimiter",
                    "CHAT_RATE_LIMITS",
                    "on",
                    "",
                    "on or off",
                    "refuses commands of a user above the rates",
                    (options, value) -> options.rateLimiter(
                            either(value, "on", "off") ? RateLimiter.tokenBuckets() : RateLimiter.none())),
            flag(
                    "legacyClients",
                    "CHAT_LEGACY_CLIENTS",
                    "accepts Socket.IO clients 2.x as well",
                    ServerOptions::legacyClients),
            flag(
                    "connectionStateRecovery",
                    "CHAT_CONNECTION_STATE_RECOVERY",
                    "restores the sessions of clients that reconnect, with Socket.IO's connection state recovery",
                    ServerOptions::connectionStateRecovery),
            flag(
                    "refuseSurplusSessions",
                    "CHAT_REFUSE_SURPLUS_SESSIONS",
                    "refuses a user's session beyond the limit, instead of ending the longest idle one",
                    ServerOptions::refuseSurplusSessions),
            new Setting(
                    "trustedProxies",
                    "CHAT_TRUSTED_PROXIES",
                    "none",
                    "",
                    "addresses such as 10.0.0.7 or 10.0.0.0/8, separated by commas",
                    "the proxies whose X-Forwarded-For header is used",
                    (options, value) -> options.trustedProxies(list(value))),
            new Setting(
                    "tls",
                    "CHAT_TLS_CERTIFICATES",
                    "no TLS",
                    "",
                    "a PEM file",
                    "the certificate chain of the server",
                    (options, value) -> options.tls().certificates(Path.of(value))),
            new Setting(
                    "tls",
                    "CHAT_TLS_KEY",
                    "no TLS",
                    "",
                    "a PEM file",
                    "the private key of that certificate",
                    (options, value) -> options.tls().key(Path.of(value))),
            new Setting(
                    "cluster",
                    "CHAT_CLUSTER",
                    "none: a single server",
                    "",
                    "an address of Redis such as redis://user:password@redis:6379, or store",
                    "the bus to other servers with the same store",
                    ServerOptions::cluster),
            new Setting(
                    "nodeName",
                    "CHAT_NODE",
                    "none",
                    "",
                    ChatEngineBuilder.NODE_NAMES,
                    "the name of this server among others, with which the ids of its sessions begin",
                    ServerOptions::nodeName),
            new Setting(
                    "attachments",
                    "CHAT_FILES",
                    "none: users cannot upload",
                    "",
                    "a folder that no other server uses",
                    "the store of the files that users upload",
                    ServerOptions::attachments),
            new Setting(
                    "pushContent",
                    "CHAT_PUSH_CONTENT",
                    "none",
                    "",
                    "none, sender or full",
                    "what push notifications say: nothing, the sender's name, or also the beginning of the message",
                    (options, value) -> options.chat().pushContent(pushContent(value))),
            inCode("push", "none", "sends push notifications to the devices of a platform"),
            inCode(
                    "pushDelay",
                    "1 s without a session, 30 s with one",
                    "the time between a message and a push notification"),
            flag(
                    "calls",
                    "CHAT_CALLS",
                    "permits calls, in which devices connect to each other",
                    (options, value) -> options.calls().permitted(value)),
            new Setting(
                    "calls",
                    "CHAT_STUN_URLS",
                    "none",
                    "",
                    "addresses such as stun:stun.example.com:3478, separated by commas",
                    "the STUN servers of calls, by which devices learn their public addresses",
                    (options, value) -> options.calls().stun(list(value))),
            new Setting(
                    "calls",
                    "CHAT_TURN_URLS",
                    "none",
                    "",
                    "addresses such as turn:turn.example.com:3478, separated by commas",
                    "the TURN servers of calls, which relay between devices that cannot connect directly",
                    (options, value) -> options.calls().turn(list(value))),
            new Setting(
                    "calls",
                    "CHAT_TURN_SECRET",
                    "none",
                    "",
                    "any text",
                    "the secret that the server shares with the TURN servers, for credentials that expire",
                    (options, value) -> options.calls().secret(value)),
            flag(
                    "calls",
                    "CHAT_TURN_ONLY",
                    "connects the devices of calls through the TURN servers only, which hides their addresses from each other",
                    (options, value) -> options.calls().relayOnly(value)),
            inCode("store", "in memory", "the store of conversations and messages"),
            inCode("authenticator", "none: clients choose their user id", "identifies clients by their tokens"),
            inCode("permissions", "as documented for Permissions", "which permissions each role has"),
            inCode("users", "none", "the directory of users, with their names and pictures"),
            inCode("fileInspector", "none", "accepts or rejects the files that users upload"),
            inCode(
                    "unsignedFileLinks",
                    "false",
                    "leaves the links of uploaded files without a signature, so that every reader needs a token"),
            inCode("interceptor", "none", "checks or changes messages before they are stored"),
            inCode("listener", "none", "is called after events"),
            inCode("on", "none", "handles an event of the host's own"),
            inCode("onAsync", "none", "handles an event of the host's own, with a result that completes later"),
            inCode("metrics", "none", "receives measurements"),
            inCode("executor", "the server's own threads", "runs commands, which may block"),
            inCode("page", "none", "a web page of the host at /"),
            inCode("netty", "none", "settings in terms of Netty"),
            inCode("limits", "the defaults below", "all limits together"));

    private ServerSettings() {}

    /** Applies the value of a variable that is true or false. */
    @FunctionalInterface
    private interface Flag {
        void apply(ServerOptions options, boolean value);
    }

    private static Setting flag(String method, String variable, String meaning, Flag flag) {
        return new Setting(
                method,
                variable,
                "false",
                "",
                FLAG,
                meaning,
                (options, value) -> flag.apply(options, either(value, "true", "false")));
    }

    private static Setting inCode(String method, String defaultText, String meaning) {
        return new Setting(method, "", defaultText, "", "", meaning, (options, value) -> {});
    }

    private static int port(String value) {
        int port = Integer.parseInt(value);
        if (!ServerOptions.isPort(port)) {
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

    private static PushContent pushContent(String value) {
        return switch (value) {
            case "none" -> PushContent.none();
            case "sender" -> PushContent.sender();
            case "full" -> PushContent.full();
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static String[] list(String value) {
        return Stream.of(value.split(",", -1)).map(String::strip).toArray(String[]::new);
    }
}
