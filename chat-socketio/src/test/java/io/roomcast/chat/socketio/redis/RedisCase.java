package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.testkit.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

/** A test with buses that it opens itself. */
abstract class RedisCase {
    private static final Duration MOMENT = Duration.ofSeconds(40);

    private final List<AutoCloseable> opened = new ArrayList<>();

    <T extends AutoCloseable> T closed(T resource) {
        opened.add(0, resource);
        return resource;
    }

    RedisBus open(String uri, RecordingListener listener) {
        return open(RedisBus.connect(uri), listener);
    }

    RedisBus open(RedisBus bus, RecordingListener listener) {
        closed(bus).open("node-" + opened.size(), listener);
        return bus;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    static void awaitConnected(RecordingListener listener) {
        eventually(() -> assertThat(listener.isConnected()).isTrue());
    }

    static void awaitLost(RecordingListener listener) {
        eventually(() -> assertThat(listener.states()).isNotEmpty().last().isEqualTo("disconnected"));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(MOMENT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(assertion);
    }

    static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(MOMENT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
