package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.PushDevice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed between a message and its push notification, and before it has recorded that one was sent. */
class KilledPushTest extends MongoCase {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killAll() {
        processes.forEach(Process::destroyForcibly);
    }

    private record Node(Process process, BufferedReader output) {
        private void expect(String line) throws IOException {
            assertThat(output.readLine()).isEqualTo(line);
        }

        private void send(String userId) throws IOException {
            process.getOutputStream().write((userId + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            expect("sent");
        }
    }

    private Path file() {
        return folder.resolve("pushes");
    }

    private Node start(String hanging) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PushNodeMain.class.getName(),
                        server.uri(database.getName()),
                        file().toString(),
                        hanging)
                .redirectError(folder.resolve("log-" + processes.size()).toFile())
                .start();
        processes.add(process);
        Node node = new Node(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        node.expect("ready");
        return node;
    }

    private List<String> pushes() throws IOException {
        return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
    }

    private void register(MongoChatStore store, String userId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String id = PushDevice.idOf("web", userId);
        store.devices().register(new PushDevice(id, userId, "web", userId, Map.of(), null, null, now, 0), 10);
    }

    @Test
    void another_server_sends_the_notification_with_the_same_id() throws Exception {
        try (MongoChatStore store = openStore()) {
            register(store, "bob");
            register(store, "cid");
        }
        Node killed = start("bob");
        killed.send("bob");
        await().atMost(PATIENCE).until(() -> pushes().contains("bob of bob:1"));
        killed.send("cid");
        killed.process().destroyForcibly().waitFor();

        Node other = start("no user");
        await().atMost(PATIENCE)
                .until(() -> pushes().contains("cid of cid:1")
                        && pushes().stream().filter("bob of bob:1"::equals).count() == 2);
        other.process().destroyForcibly().waitFor();
        assertThat(pushes()).containsOnly("bob of bob:1", "cid of cid:1");
    }
}
