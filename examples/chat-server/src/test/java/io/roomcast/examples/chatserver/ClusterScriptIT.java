package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code examples/cluster/run.sh}. Needs Redis and nginx; required in CI. */
@Timeout(300)
class ClusterScriptIT {
    private static final String SCRIPT =
            Path.of("..", "cluster", "run.sh").toAbsolutePath().normalize().toString();

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int PORTS = 5;

    @TempDir
    Path folder;

    @BeforeAll
    static void programs_areThere() {
        List<String> missing = Stream.of("redis-server", "nginx")
                .filter(program -> !isInstalled(program))
                .toList();
        assertThat("true".equals(System.getenv("CI")) ? missing : List.of())
                .as("missing programs")
                .isEmpty();
        assumeTrue(missing.isEmpty(), () -> "missing: " + missing);
    }

    static boolean isInstalled(String program) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    @Test
    void clients_chatAcrossServers_alsoWhenOneIsKilled() throws Exception {
        int port = freePorts();
        try (ChatServerProcess cluster = start(port)) {
            String url = "http://127.0.0.1:" + port;
            List<ProcessHandle> servers = ready(cluster);
            try (ChatClients clients = new ChatClients(url)) {
                clients.ledger().more(200).get(30, TimeUnit.SECONDS);
                servers.get(0).destroyForcibly();
                clients.ledger().more(200).get(60, TimeUnit.SECONDS);
                SentAndStored.verify(clients, url);
            }
            assertThat(cluster.terminate().exitCode(STOP)).isZero();
            await("the end of all processes")
                    .atMost(STOP)
                    .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void page_chatsOn_whenItsServerIsKilled() throws Exception {
        BrowserScript.requireTools();
        int port = freePorts();
        try (ChatServerProcess cluster = start(port)) {
            String server = String.valueOf(ready(cluster).get(0).pid());
            BrowserScript.run("nodes.test.js", List.of("http://127.0.0.1:" + port, server));
            cluster.terminate().exitCode(STOP);
        }
    }

    /** Returns the processes of the servers. */
    private static List<ProcessHandle> ready(ChatServerProcess cluster) {
        await("the cluster")
                .atMost(START)
                .failFast(
                        "it ended",
                        () -> assertThat(cluster.isAlive()).as(cluster::stderr).isTrue())
                .until(() -> cluster.stdout().contains("cluster: ready: http://localhost:"));
        Matcher kill = Pattern.compile("kill -9 (\\d+)").matcher(cluster.stdout());
        return kill.results()
                .map(found -> ProcessHandle.of(Long.parseLong(found.group(1))).orElseThrow())
                .toList();
    }

    private ChatServerProcess start(int port) throws IOException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("CHAT_PORT", String.valueOf(port));
        variables.put("CHAT_DEMO", "false");
        variables.put("CHAT_RATE_LIMITS", "off");
        return ChatServerProcess.run(folder, variables, SCRIPT);
    }

    /** Returns the first of some free ports in a row, below those that the system assigns. */
    private static int freePorts() throws IOException {
        for (int first = 21_000; first < 31_000; first += PORTS) {
            if (areFree(first)) {
                return first;
            }
        }
        throw new IOException("no free ports");
    }

    private static boolean areFree(int first) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int port : IntStream.range(first, first + PORTS).toArray()) {
                sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            }
            return true;
        } catch (IOException taken) {
            return false;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
