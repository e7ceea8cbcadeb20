package io.roomcast.chat.socketio.internal.transport;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the server (RFC 6454), and under which host names it answers.
 *
 * @param allowed the origins of pages, such as {@code https://app.example.com}
 * @param loopbackOnly whether it answers only to names of this machine, as a server must that believes whoever comes: a
 *     page of elsewhere could otherwise give its own name this machine's address
 * @param ownScheme the scheme of the server's own pages, which may talk to it under names of this machine; empty if it has
 *     none
 */
public record Origins(Set<String> allowed, boolean loopbackOnly, String ownScheme) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Copies the origins. */
    public Origins {
        allowed = Set.copyOf(allowed);
    }

    /** Whether a request with these headers may be answered; a program that is no browser sends no origin. */
    boolean permits(@Nullable String origin, @Nullable String host) {
        if (loopbackOnly && (host == null || !isLoopback(host))) {
            return false;
        }
        return origin == null || allowed.contains(origin) || isOwn(origin, host);
    }

    private boolean isOwn(String origin, @Nullable String host) {
        return !ownScheme.isEmpty() && host != null && isLoopback(host) && origin.equals(ownScheme + "://" + host);
    }

    private static boolean isLoopback(String host) {
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
    }
}
