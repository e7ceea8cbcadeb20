package io.roomcast.examples.chatserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.spi.ChatMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The server's measure in Prometheus' text format, on a port of its own: who may chat need not read it, and a proxy in
 * front of the chat does not show it.
 */
final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ChatMetrics metrics = new MicrometerChatMetrics(registry);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MetricsAddress address;
    private final HttpServer http;

    private MetricsServer(MetricsAddress address, HttpServer http) {
        this.address = address;
        this.http = http;
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /**
     * Opens the port.
     *
     * @throws StartException if it cannot be opened
     */
    static MetricsServer open(MetricsAddress address) {
        try {
            HttpServer http =
                    HttpServer.create(new InetSocketAddress(address.reach().bindName(), address.port()), BACKLOG);
            MetricsServer server = new MetricsServer(address, http);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException taken) {
            throw new StartException(
                    "CHAT_METRICS_PORT: " + address.port() + " cannot be opened: " + taken.getMessage(), taken);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!mayRead(exchange)) {
                exchange.sendResponseHeaders(FORBIDDEN, -1);
            } else if (exchange.getRequestMethod().equals("GET")
                    && PATH.equals(exchange.getRequestURI().getPath())) {
                tell(exchange);
            } else {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
            }
        }
    }

    /** A page of elsewhere could give its own name this machine's address. */
    private boolean mayRead(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        return !address.reach().isLoopback() || Reach.isLoopback(host.replaceFirst(":\\d*$", ""));
    }

    private void tell(HttpExchange exchange) throws IOException {
        byte[] body = registry.scrape(FORMAT).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", FORMAT);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }

    /** What takes the measure. */
    ChatMetrics metrics() {
        return metrics;
    }

    /** For the ready line: where, and who may read it. */
    @Override
    public String toString() {
        int port = http.getAddress().getPort();
        return address.reach().url("http", port).replaceFirst("/$", PATH) + ", " + address.reach();
    }

    @Override
    public void close() {
        http.stop(0);
        collections.close();
        registry.close();
    }
}
