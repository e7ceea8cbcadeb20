package io.roomcast.examples.chatserver;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address to listen on. Immutable. {@link #toString} states which hosts can connect.
 *
 * @param host the address; null for the default
 * @param defaultsToAll whether the default is every address of the machine; otherwise it is loopback
 */
record ListenAddress(@Nullable String host, boolean defaultsToAll) {
    /** The loopback address. */
    static final String LOOPBACK = "127.0.0.1";

    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]");

    /** Returns whether a host name or address is loopback. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Returns whether only this machine can connect. */
    boolean isLoopback() {
        return host == null ? !defaultsToAll : isLoopback(host);
    }

    /** Returns the address without the brackets of IPv6, as sockets expect it. */
    String bindName() {
        return host == null ? LOOPBACK : host.replaceAll("[\\[\\]]", "");
    }

    /** Returns a URL for browsers on this machine. */
    String url(String scheme, int port) {
        return scheme + "://" + name() + ":" + port + "/";
    }

    private String name() {
        if (host == null || ALL_ADDRESSES.contains(host)) {
            return "localhost";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        if (host == null) {
            return defaultsToAll ? "every address" : "loopback only";
        }
        if (ALL_ADDRESSES.contains(host)) {
            return "every address";
        }
        return isLoopback(host) ? "loopback only" : host + " only";
    }
}
