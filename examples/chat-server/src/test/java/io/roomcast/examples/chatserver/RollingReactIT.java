package io.roomcast.examples.chatserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarts two servers one after the other, while the documented React app runs in two browsers behind faulty proxies. */
class RollingReactIT {
    private static final int NODES = 2;
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final List<ChatServer> servers = new ArrayList<>();
    private HttpServer control;
    private String origin = "";

    @BeforeAll
    static void tools_areThere() {
        BrowserScript.requireTools();
    }

    @BeforeEach
    void startControl() throws IOException {
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/", this::handle);
        control.start();
    }

    @AfterEach
    void stop() {
        control.stop(0);
        servers.forEach(ChatServer::close);
        network.close();
    }

    @Test
    void apps_loseNothing_andShowNothingTwice() throws Exception {
        BrowserScript.run(
                "rolling.test.js",
                List.of("http://127.0.0.1:" + control.getAddress().getPort()));
    }

    /** Starts the servers for pages of the origin in the query, or restarts the server with the number in the path. */
    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/start")) {
            origin = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
            for (int node = 0; node < NODES; node++) {
                servers.add(start(node, 0));
            }
        } else {
            restart(Integer.parseInt(path.substring(1)));
        }
        byte[] ports =
                servers.stream().map(ChatServer::port).toList().toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(200, ports.length);
        exchange.getResponseBody().write(ports);
        exchange.close();
    }

    private void restart(int node) {
        ChatServer server = servers.get(node);
        server.drain(DRAIN);
        servers.set(node, start(node, server.port()));
    }

    private ChatServer start(int node, int port) {
        return ChatServer.builder()
                .host("127.0.0.1")
                .port(port)
                .store(store)
                .cluster(network.newBus())
                .nodeName("n" + node)
                .allowedOrigins(origin)
                .build()
                .start();
    }
}
