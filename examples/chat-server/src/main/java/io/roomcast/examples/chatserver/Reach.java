package io.roomcast.examples.chatserver;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From where the server can be reached. Immutable.
 *
 * @param host the address it listens on; null for the library's choice
 * @param mayBeWide whether that choice is every address of the machine
 */
record Reach(@Nullable String host, boolean mayBeWide) {
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

    /** The address to listen on, as sockets know it. */
    String bindName() {
        return host == null ? LOOPBACK : host.replaceAll("[\\[\\]]", "");
    }

    /** An address for somebody at this machine. */
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
