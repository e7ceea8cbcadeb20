package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.ReservedPort;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers behind nginx are restarted one after the other, while stock clients send and receive. */
@RequiresNode
@RequiresPrograms("nginx")
@Timeout(120)
class RollingRestartTest {
    private static final int CLIENTS = 60;
    private static final int NODES = 3;
    /**
     * A client waits for up to 1.5 s before it reconnects. The rest is for a busy machine, on which 60 clients reconnect at the
     * same time. One that missed the restart would notice it after 45 s.
     */
    private static final int MAX_AWAY_MILLIS = 15_000;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final List<ChatServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(ChatServer::close);
        network.close();
    }

    private ChatServer start(int node, int port) {
        return ChatServer.builder()
                .port(port)
                .store(store)
                .rateLimiter(RateLimiter.none())
                .cluster(network.newBus())
                .nodeName("n" + (node + 1))
                .build()
                .start();
    }

    @Test
    void clients_lose_nothing_and_receive_nothing_twice() throws Exception {
        for (int node = 0; node < NODES; node++) {
            servers.add(start(node, ReservedPort.choose()));
        }
        List<Integer> ports = servers.stream().map(ChatServer::port).toList();
        try (Balancer proxy = Balancer.start(Balancer.Kind.NGINX, folder, ports)) {
            JsonNode result = play(proxy);
            assertThat(result.path("moves").asInt()).isGreaterThanOrEqualTo(CLIENTS);
            assertThat(result.path("longestAwayMs").asInt()).isLessThan(MAX_AWAY_MILLIS);
            System.out.println(result);
        }
    }

    private void restartAll(Balancer proxy) {
        for (int node = 0; node < NODES; node++) {
            int port = servers.get(node).port();
            servers.get(node).drain(DRAIN);
            servers.set(node, start(node, port));
            String name = "n" + (node + 1) + ".";
            await().pollInterval(Duration.ofMillis(100))
                    .until(() -> RawPolling.open(proxy.port()).sid().startsWith(name));
        }
        RawPolling.leaveAll(proxy.port());
    }

    /** Runs the script, restarts the servers once all clients have joined, and returns the result that it prints. */
    private JsonNode play(Balancer proxy) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process script = new ProcessBuilder("node", "rolling-client.mjs", proxy.url(), "client-4", "" + CLIENTS)
                .directory(NodeScript.DIRECTORY.toFile())
                .redirectError(errors.toFile())
                .start();
        JsonNode result = null;
        try (BufferedReader output = script.inputReader(UTF_8);
                BufferedWriter input = script.outputWriter(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("{\"event\":\"joined\"}")) {
                    restartAll(proxy);
                    input.write("restarted\n");
                    input.flush();
                } else if (line.contains("\"result\"")) {
                    result = new ObjectMapper().readTree(line);
                }
            }
            assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(Files.readString(errors)).isZero();
            return result;
        } finally {
            script.destroyForcibly();
        }
    }
}
