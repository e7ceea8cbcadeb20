package io.roomcast.examples.chatserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that appends the id of each webhook call to a file, and then accepts the call. */
final class WebhookReceiverMain {
    static final String READY = "ready";

    private WebhookReceiverMain() {}

    /**
     * Starts the program.
     *
     * @param arguments the port and the file
     */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Path file = Path.of(arguments[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> accept(exchange, file));
        server.start();
        System.out.println(READY);
    }

    private static void accept(HttpExchange exchange, Path file) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String line = exchange.getRequestHeaders().getFirst("webhook-id") + "\n";
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            exchange.sendResponseHeaders(204, -1);
        }
    }
}
