package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.redis.RedisServer;
import io.roomcast.chat.socketio.redis.WireClient;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers, each a JVM, with one Redis and one database. A server is killed or paused while 40 stock clients on both
 * send 200 messages a second. The system property {@code outages} sets how often a server is killed.
 */
@RequiresNode
@RequiresPrograms("redis-server")
@Timeout(180)
class NodeOutageTest {
    private static final String CLIENTS = "40";
    private static final int KILLS = Integer.getInteger("outages", 2);
    private static final int MAX_AWAY_MILLIS = 10_000;

    /** Longer than another server waits for a heartbeat. */
    private static final long PAUSE_MILLIS = 11_500;

    /** Of about a thousand, as other tests run meanwhile. */
    private static final int MIN_ACKS = 50;

    private static final Duration GHOST = Duration.ofSeconds(15);

    private static final int WRITING_SECONDS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final RedisServer redis = RedisServer.start();
    private List<ClusterServerProcess> servers;

    @BeforeEach
    void start() throws IOException {
        String database = "mongodb://127.0.0.1:" + mongo.bind().getPort() + "/chat";
        servers = List.of(
                ClusterServerProcess.start("n1", redis.uri(), database),
                ClusterServerProcess.start("n2", redis.uri(), database));
        for (ClusterServerProcess server : servers) {
            server.awaitReady();
        }
    }

    @AfterEach
    void stop() {
        servers.forEach(ClusterServerProcess::close);
        redis.close();
        mongo.shutdownNow();
    }

    private String urls() {
        return servers.get(0).url() + "," + servers.get(1).url();
    }

    /** What happens to the servers while clients send. */
    private interface Course {
        void run(Clients clients) throws IOException, InterruptedException;
    }

    private static final class Clients {
        private final BufferedReader output;
        private final BufferedWriter input;

        Clients(Process script) {
            this.output = script.inputReader(UTF_8);
            this.input = script.outputWriter(UTF_8);
        }

        void send(String line) throws IOException {
            input.append(line).append('\n').flush();
        }

        /** Sends a line, and waits for the event of that name. */
        JsonNode ask(String line) throws IOException {
            send(line);
            return await(line);
        }

        JsonNode await(String event) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                JsonNode printed = JSON.readTree(line);
                if (printed.path("event").asText().equals(event)) {
                    return printed;
                }
            }
            return JSON.missingNode();
        }
    }

    /** Runs the clients, and the course once all have joined. Returns the result that the clients print. */
    private JsonNode play(Course course) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process script = new ProcessBuilder("node", "outage-client.mjs", urls(), "client-4", CLIENTS)
                .directory(NodeScript.DIRECTORY.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            Clients clients = new Clients(script);
            clients.await("joined");
            course.run(clients);
            clients.send("end");
            JsonNode result = clients.await("result");
            assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(Files.readString(errors)).isZero();
            System.out.println(result);
            return result;
        } finally {
            script.destroyForcibly();
        }
    }

    @Test
    void servers_killed_one_after_the_other_lose_and_repeat_nothing() throws Exception {
        JsonNode result = play(clients -> {
            for (int kill = 1; kill < KILLS; kill++) {
                killAndRestart(servers.get(kill % 2));
                clients.ask("spread");
            }
            assertUsersLeave(KILLS % 2);
            clients.ask("spread");
        });
        assertThat(result.path("longestAwayMs").asInt()).isPositive().isLessThan(MAX_AWAY_MILLIS);
    }

    private static void killAndRestart(ClusterServerProcess server) throws IOException {
        server.kill();
        server.restart();
        server.awaitReady();
    }

    /** Kills a server. Fails unless its users leave for the users of the other one, and only those who do not return. */
    private void assertUsersLeave(int killed) throws IOException {
        try (WireClient observer = new WireClient(servers.get(1 - killed).port(), "observer");
                WireClient ghost = new WireClient(servers.get(killed).port(), "ghost");
                WireClient moving = new WireClient(servers.get(killed).port(), "moving")) {
            observer.join();
            ghost.join();
            moving.join();
            await().until(() -> observer.events().size() == 2);
            killAndRestart(servers.get(killed));
            try (WireClient moved = new WireClient(servers.get(killed).port(), "moving")) {
                moved.join();
                await().atMost(GHOST)
                        .until(() -> observer.events().stream().anyMatch(event -> event.startsWith("userLeft ghost")));
                assertThat(observer.events()).noneMatch(event -> event.startsWith("userLeft moving"));
            }
        }
    }

    @Test
    void server_paused_for_longer_than_others_wait_loses_and_repeats_nothing() throws Exception {
        play(clients -> {
            servers.get(0).pause();
            JsonNode before = clients.ask("count").path("acks");
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            JsonNode after = clients.ask("count").path("acks");
            servers.get(0).resume();
            assertThat(after.path(0)).as("at the paused server").isEqualTo(before.path(0));
            assertThat(after.path(1).asInt() - before.path(1).asInt())
                    .as("at the other server")
                    .isGreaterThan(MIN_ACKS);
        });
    }

    @Test
    void two_writers_in_one_conversation_leave_no_hole_and_nothing_double() throws Exception {
        NodeScript.run("two-writers.mjs", urls(), "client-4", "" + WRITING_SECONDS)
                .forEach(System.out::println);
    }
}
