package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.FaultProxy;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stock clients of three servers behind real proxies, with the configurations of the examples. */
@RequiresNode
@RequiresPrograms({"nginx", "haproxy"})
@Timeout(120)
class SeveralNodesBehindProxyTest {
    private static final int CLIENTS = 40;
    private static final int NODES = 3;

    @TempDir
    Path folder;

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final List<ChatServer> servers = new ArrayList<>();

    /** In front of each server, so that it can vanish as a killed process does. */
    private final List<FaultProxy> entries = new ArrayList<>();

    @BeforeEach
    void startServers() {
        for (int i = 1; i <= NODES; i++) {
            ChatServer server = ChatServer.builder()
                    .port(0)
                    .store(store)
                    .cluster(network.newBus())
                    .nodeName("n" + i)
                    .build()
                    .start();
            servers.add(server);
            entries.add(new FaultProxy(server.port()));
        }
    }

    @AfterEach
    void stopServers() {
        entries.forEach(FaultProxy::close);
        servers.forEach(ChatServer::close);
        network.close();
    }

    @ParameterizedTest
    @EnumSource
    void clients_of_each_transport_stay_with_their_server_and_leave_one_that_vanishes(Balancer.Kind kind)
            throws Exception {
        List<Integer> ports = entries.stream().map(FaultProxy::port).toList();
        try (Balancer balancer = Balancer.start(kind, folder, ports)) {
            play(balancer.url());
        }
    }

    /** Runs the script, and lets the second server vanish once all clients have joined. */
    private void play(String url) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process script = new ProcessBuilder("node", "nodes-client.mjs", url, "client-4", "" + CLIENTS)
                .directory(NodeScript.DIRECTORY.toFile())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader output = script.inputReader(UTF_8);
                BufferedWriter input = script.outputWriter(UTF_8)) {
            List<String> last = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last.add(line);
                if (line.equals("{\"event\":\"joined\"}")) {
                    entries.get(1).down();
                    input.write("n2\n");
                    input.flush();
                }
            }
            assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(Files.readString(errors)).isZero();
            assertThat(last).last().asString().contains("finished");
        } finally {
            script.destroyForcibly();
        }
    }
}
