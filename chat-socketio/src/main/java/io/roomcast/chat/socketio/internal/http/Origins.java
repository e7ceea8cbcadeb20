package io.roomcast.chat.socketio.internal.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may call the server (RFC 6454), and the host names that it serves. Immutable.
 *
 * @param allowed the origins of pages, such as {@code https://app.example.com}; pages of the server itself are always
 *     allowed
 * @param loopbackOnly whether only loopback names and {@code hosts} are served. Required if clients are not
 *     authenticated, because a page of another site could resolve its own name to this machine
 * @param hosts the host names to serve, in lower case and without ports; all if empty and not loopback only
 */
public record Origins(Set<String> allowed, boolean loopbackOnly, Set<String> hosts) {
    private static final Pattern LOOPBACK =
            Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
    private static final Set<String> COMMON_LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> WEB_SCHEMES = Set.of("http", "https", "ws", "wss");
    private static final String SCHEME_END = "://";

    /** Copies the sets. */
    public Origins {
        allowed = Set.copyOf(allowed);
        hosts = Set.copyOf(hosts);
    }

    /** Returns whether the server serves a host name, which may have a port. */
    boolean knows(@Nullable String host) {
        if (!loopbackOnly && hosts.isEmpty()) {
            return true;
        }
        if (host == null) {
            return false;
        }
        String name = withoutPort(host);
        return COMMON_LOOPBACK.contains(name)
                || hosts.contains(name.toLowerCase(Locale.ROOT))
                || LOOPBACK.matcher(name).matches();
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    /** Returns whether a page of the origin may connect. The origin is null for clients other than browsers. */
    boolean permits(@Nullable String origin, @Nullable String host) {
        return origin == null || allowed.contains(origin) || isOwn(origin, host);
    }

    /** Compares only host and port, because a proxy may terminate TLS. */
    private static boolean isOwn(String origin, @Nullable String host) {
        int end = origin.indexOf(SCHEME_END);
        if (host == null
                || end < 0
                || !WEB_SCHEMES.contains(origin.substring(0, end).toLowerCase(Locale.ROOT))) {
            return false;
        }
        String page = origin.substring(end + SCHEME_END.length());
        return !page.isEmpty() && normalized(page).equals(normalized(host));
    }

    private static String normalized(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean hasDefaultPort = name.endsWith(":80") || name.endsWith(":443");
        return hasDefaultPort ? name.substring(0, name.lastIndexOf(':')) : name;
    }
}
