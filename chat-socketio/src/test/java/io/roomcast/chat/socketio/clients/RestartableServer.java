package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that a script stops and starts by HTTP requests to another port. Each answer is a JSON object with the
 * address of the server. The messages of former epochs stay readable from servers of their own.
 */
final class RestartableServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Map<String, Runnable> commands = Map.of(
            "state", () -> {},
            "stop", () -> restart(Duration.ZERO),
            "restart", () -> restart(Duration.ofSeconds(1)),
            "epoch", this::begin);

    private final HttpServer control;
    private final List<ChatServer> former = new ArrayList<>();
    private ChatStore store = ChatStore.inMemory();
    private ChatServer server = start(store, ReservedPort.choose());

    RestartableServer() throws IOException {
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/", this::handle);
        control.start();
    }

    private static ChatServer start(ChatStore store, int port) {
        return ChatServer.builder()
                .host(LOOPBACK)
                .port(port)
                .store(store)
                .authenticator(ServerUnderTest::ownerOf)
                .rateLimiter(RateLimiter.none())
                .build()
                .start();
    }

    /** Restarts the server with the same store, so that its epoch stays. */
    private void restart(Duration timeout) {
        server.stop(timeout);
        server = start(store, server.port());
    }

    /** Restarts the server with an empty store. */
    private void begin() {
        server.stop(Duration.ZERO);
        former.add(start(store, 0));
        store = ChatStore.inMemory();
        server = start(store, server.port());
    }

    private void handle(HttpExchange exchange) throws IOException {
        int before = former.size();
        commands.get(exchange.getRequestURI().getPath().substring(1)).run();
        String more = former.size() > before ? ",\"former\":\"" + url(former.get(before)) + '"' : "";
        String answer = "{\"url\":\"%s\",\"port\":%d,\"webSockets\":%d%s}"
                .formatted(url(server), server.port(), server.stats().webSockets(), more);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(answer.getBytes(UTF_8));
        exchange.close();
    }

    private static String url(ChatServer server) {
        return "http://" + LOOPBACK + ":" + server.port();
    }

    /** Returns where the script sends its requests. */
    String control() {
        return "http://" + LOOPBACK + ":" + control.getAddress().getPort();
    }

    @Override
    public void close() {
        control.stop(0);
        former.forEach(ChatServer::close);
        server.close();
    }
}
