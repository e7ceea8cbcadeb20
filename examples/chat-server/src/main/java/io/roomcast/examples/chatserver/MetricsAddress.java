package io.roomcast.examples.chatserver;

import java.util.Optional;

/**
 * The address of the metrics endpoint. Immutable.
 *
 * @param listen the address to listen on
 * @param port the port, 0 to 65,535; 0 selects a free one
 */
record MetricsAddress(ListenAddress listen, int port) {
    /** Returns the address; empty if no port is set. The default host is loopback. */
    static Optional<MetricsAddress> read(Environment environment) {
        String host = environment.text("CHAT_METRICS_HOST").orElse(ListenAddress.LOOPBACK);
        Optional<Integer> port = environment.port("CHAT_METRICS_PORT");
        if (port.isEmpty() && environment.text("CHAT_METRICS_HOST").isPresent()) {
            environment.addError("CHAT_METRICS_HOST", host, "together with CHAT_METRICS_PORT");
        }
        return port.map(number -> new MetricsAddress(new ListenAddress(host, false), number));
    }
}
