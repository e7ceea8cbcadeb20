package io.roomcast.examples.chatserver;

import java.util.Optional;

/**
 * The address of the metrics. Immutable; its text is for the ready line.
 *
 * @param reach the address
 * @param port the port; 0 for any free one
 */
record MetricsAddress(ListenAddress reach, int port) {
    /** Nowhere unless a port is named, and then on loopback unless an address is named as well. */
    static Optional<MetricsAddress> read(Environment environment) {
        String host = environment.text("CHAT_METRICS_HOST").orElse(ListenAddress.LOOPBACK);
        Optional<Integer> port = environment.port("CHAT_METRICS_PORT");
        if (port.isEmpty() && environment.text("CHAT_METRICS_HOST").isPresent()) {
            environment.mistake("CHAT_METRICS_HOST", host, "together with CHAT_METRICS_PORT");
        }
        return port.map(number -> new MetricsAddress(new ListenAddress(host, false), number));
    }
}
