package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.FaultProxy;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Path CONFIGURATIONS =
            Path.of(System.getProperty("basedir", "."), "..", "examples", "chat-server", "deploy");
    private static final int CLIENTS = 40;
    private static final int NODES = 3;
    private static final int FIRST_PORT = 3001;

    @TempDir
    Path folder;

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final List<ChatServer> servers = new ArrayList<>();

    /** In front of each server, so that it can vanish as a killed process does. */
    private final List<FaultProxy> entries = new ArrayList<>();

    private enum Balancer {
        NGINX("nginx-nodes.conf", "listen 8080;", "listen 127.0.0.1:%d;") {
            @Override
            List<String> command(Path folder, Path configuration) {
                return List.of("nginx", "-p", folder.toString(), "-c", configuration.toString(), "-g", "daemon off;");
            }
        },
        HAPROXY("haproxy-nodes.cfg", "bind :8080", "bind 127.0.0.1:%d") {
            @Override
            List<String> command(Path folder, Path configuration) {
                return List.of("haproxy", "-db", "-f", configuration.toString());
            }
        };

        private final String file;
        private final String listen;
        private final String listenHere;

        Balancer(String file, String listen, String listenHere) {
            this.file = file;
            this.listen = listen;
            this.listenHere = listenHere;
        }

        abstract List<String> command(Path folder, Path configuration);

        /** Returns the configuration of the examples with other ports. */
        String configuration(int port, List<FaultProxy> entries) throws IOException {
            String text = Files.readString(CONFIGURATIONS.resolve(file));
            assertThat(text).contains(listen);
            text = text.replace(listen, listenHere.formatted(port));
            for (int i = 0; i < entries.size(); i++) {
                assertThat(text).contains("127.0.0.1:" + (FIRST_PORT + i));
                text = text.replace(
                        "127.0.0.1:" + (FIRST_PORT + i),
                        "127.0.0.1:" + entries.get(i).port());
            }
            return text;
        }
    }

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
    void clients_of_each_transport_stay_with_their_server_and_leave_one_that_vanishes(Balancer balancer)
            throws Exception {
        int port = freePort();
        Path configuration = Files.writeString(folder.resolve(balancer.file), balancer.configuration(port, entries));
        Process proxy = new ProcessBuilder(balancer.command(folder, configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            awaitReady(port, proxy);
            play("http://127.0.0.1:" + port);
        } finally {
            proxy.destroy();
            assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(int port, Process proxy) throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    assertThat(proxy.isAlive())
                            .as(Files.readString(folder.resolve("log")))
                            .isTrue();
                    return RawHttp.get(port, "/health/ready").status() == 200;
                });
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
