package io.roomcast.examples.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports for programs that cannot choose one themselves. */
public final class FreePort {
    private FreePort() {}

    /** Returns a port of loopback that is free now. */
    public static String find() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(probe.getLocalPort());
        }
    }
}
