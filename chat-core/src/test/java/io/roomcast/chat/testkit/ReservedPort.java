package io.roomcast.chat.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Selects a port for a server that starts later, or again. The port is below the range of outgoing connections, so that none
 * of them takes it meanwhile.
 */
public final class ReservedPort {
    private static final int MIN_PORT = 15_000;
    private static final int MAX_PORT = 32_000;

    private ReservedPort() {}

    /** Returns a port of the loopback address that is free now. */
    public static int choose() {
        int port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
        while (!isFree(port)) {
            port = ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT);
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
