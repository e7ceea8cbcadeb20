package io.roomcast.examples.chatserver;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The clients that can reach the server. Immutable.
 *
 * @param host the address to listen on; null for the library's choice
 * @param mayBeWide whether that choice is every address of the machine
 */
record ListenAddress(@Nullable String host, boolean mayBeWide) {
    /** The address that a server has that believes whoever reaches it. */
    static final String LOOPBACK = "127.0.0.1";

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    boolean isLoopback() {
        return host == null ? !mayBeWide : isLoopback(host);
    }

    /** Returns the address to listen on, in the form that sockets take. */
    String bindName() {
        return host == null ? LOOPBACK : host.replaceAll("[\\[\\]]", "");
    }

    /** Returns an address for a browser on this machine. */
    String url(String scheme, int port) {
        return scheme + "://" + name() + ":" + port + "/";
    }

    private String name() {
        if (host == null || EVERY_ADDRESS.contains(host)) {
            return "localhost";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        if (host == null) {
            return mayBeWide ? "every address" : "loopback only";
        }
        if (EVERY_ADDRESS.contains(host)) {
            return "every address";
        }
        return isLoopback(host) ? "loopback only" : host + " only";
    }
}
