package io.roomcast.chat.socketio.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.redis.RedisBus;
import io.roomcast.chat.socketio.redis.RedisServer;
import io.roomcast.chat.spi.ChatStore;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stock clients that know no positions have their sessions back on another server when theirs is drained, over a real
 * Redis.
 */
@RequiresNode
@RequiresPrograms("redis-server")
@Timeout(120)
class MovingClientsTest {
    private static final int CLIENTS = 20;
    private static final List<String> ROOMS = List.of("first", "second");
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final RedisServer redis = RedisServer.start();
    private final ChatStore store = ChatStore.inMemory();
    private final ChatServer one = start();
    private final ChatServer two = start();
    private volatile boolean ends;
    private int sent;

    private ChatServer start() {
        return ChatServer.builder()
                .port(0)
                .store(store)
                .cluster(RedisBus.connect(redis.uri()))
                .connectionStateRecovery()
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        redis.close();
    }

    private static String url(ChatServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    /** Sends a message to each room after the other. */
    private void send() {
        sent++;
        ROOMS.forEach(room ->
                two.chat().send(room, NewMessage.text("zoe", room + sent)).join());
    }

    private Thread sendAllTheTime() {
        Thread sender = new Thread(() -> {
            while (!ends) {
                send();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        sender.start();
        return sender;
    }

    @Test
    void clients_of_a_drained_server_lose_nothing_and_receive_nothing_twice() throws Exception {
        Path errors = folder.resolve("errors");
        Process script = new ProcessBuilder("node", "moving-client.mjs", url(one), "client-4", url(two), "" + CLIENTS)
                .directory(NodeScript.DIRECTORY.toFile())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader output = script.inputReader(UTF_8);
                BufferedWriter input = script.outputWriter(UTF_8)) {
            awaitLine(output, "joined");
            Thread sender = sendAllTheTime();
            one.drain(DRAIN);
            awaitLine(output, "moved");
            ends = true;
            sender.join();
            send();
            input.write(sent + "\n");
            input.flush();
            assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).as(Files.readString(errors)).isZero();
        } finally {
            ends = true;
            script.destroyForcibly();
        }
    }

    private static void awaitLine(BufferedReader output, String event) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals("{\"event\":\"" + event + "\"}")) {
            line = output.readLine();
        }
    }
}
