package io.roomcast.chat.socketio.internal.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the server (RFC 6454), and under which host names it answers.
 *
 * @param allowed the origins of pages, such as {@code https://app.example.com}
 * @param loopbackOnly whether it answers only to names of this machine and to {@code hosts}. Required if clients are
 *     not verified, because a page of another site could point its own name at this machine
 * @param hosts the host names that it answers to, in lower case and without ports; all if empty and not loopback only
 */
public record Origins(Set<String> allowed, boolean loopbackOnly, Set<String> hosts) {
    private static final Pattern LOOPBACK =
            Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_THE_WEB = Pattern.compile("(?:https?|wss?)://(.+)", Pattern.CASE_INSENSITIVE);

    /** Copies the sets. */
    public Origins {
        allowed = Set.copyOf(allowed);
        hosts = Set.copyOf(hosts);
    }

    /** Returns whether the server answers to a host name, which may have a port. */
    boolean knows(@Nullable String host) {
        if (!loopbackOnly && hosts.isEmpty()) {
            return true;
        }
        if (host == null) {
            return false;
        }
        String name = withoutPort(host);
        return LOOPBACK.matcher(name).matches() || hosts.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    /** Returns whether a page may connect. Programs other than browsers send no origin. */
    boolean permits(@Nullable String origin, @Nullable String host) {
        return origin == null || allowed.contains(origin) || isOwn(origin, host);
    }

    /** Compares the host and port only, because a proxy may terminate TLS. */
    private static boolean isOwn(String origin, @Nullable String host) {
        var page = OF_THE_WEB.matcher(origin);
        return host != null && page.matches() && place(page.group(1)).equals(place(host));
    }

    private static String place(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
