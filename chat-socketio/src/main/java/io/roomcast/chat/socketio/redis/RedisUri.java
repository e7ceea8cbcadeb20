package io.roomcast.chat.socketio.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Redis server, or of the Sentinels that know it. Immutable.
 *
 * @param isTls whether the connection uses TLS
 * @param user the user, or null for the default user
 * @param password the password, or null for none
 * @param hosts the server, or the Sentinels
 * @param master the name by which the Sentinels know the server, or null without Sentinels
 */
record RedisUri(
        boolean isTls,
        @Nullable String user,
        @Nullable String password,
        List<Host> hosts,
        @Nullable String master) {
    private static final int SERVER_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int MAX_PORT = 65_535;
    private static final Pattern URI =
            Pattern.compile("(redis|rediss)(-sentinel)?://(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?#]+)(?:/([^/?#]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+)(?::(\\d{1,5}))?");
    private static final String EXPECTED =
            "not a Redis address (expected: redis://[user:password@]host[:port], rediss://"
                    + " for TLS, or redis-sentinel://[user:password@]host[:port],…/master)";

    /**
     * A host and its port.
     *
     * @param name the name or address, without brackets
     */
    record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is malformed; the message does not repeat it, as it may contain a password
     */
    static RedisUri parse(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw malformed();
        }
        boolean hasSentinels = parts.group(2) != null;
        String master = decoded(parts.group(6));
        List<Host> hosts = Stream.of(parts.group(5).split(",", -1))
                .map(host -> host(host, hasSentinels ? SENTINEL_PORT : SERVER_PORT))
                .toList();
        if (hasSentinels == (master == null) || (!hasSentinels && hosts.size() > 1)) {
            throw malformed();
        }
        String user = decoded(parts.group(3));
        return new RedisUri(parts.group(1).equals("rediss"), user, decoded(parts.group(4)), hosts, master);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("uri: " + EXPECTED);
    }

    private static @Nullable String decoded(@Nullable String part) {
        if (part == null || part.isEmpty()) {
            return null;
        }
        try {
            // A plus sign is itself in this part of an address.
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw malformed();
        }
    }

    private static Host host(String text, int defaultPort) {
        Matcher parts = HOST.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        String name = parts.group(1);
        int port = parts.group(2) == null ? defaultPort : Integer.parseInt(parts.group(2));
        if (port == 0 || port > MAX_PORT) {
            throw malformed();
        }
        return new Host(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port);
    }

    /** Returns the address without user and password. */
    @Override
    public String toString() {
        String scheme = (isTls ? "rediss" : "redis") + (master == null ? "" : "-sentinel");
        String addresses = String.join(",", hosts.stream().map(Host::toString).toList());
        return scheme + "://" + addresses + (master == null ? "" : "/" + master);
    }
}
