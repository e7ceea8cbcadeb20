package io.roomcast.chat.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A theme of the contract of buses: each test has two connected nodes, {@code a} and {@code b}. */
abstract class BusCase {
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final Supplier<BusHarness> harnesses;
    private final List<ClusterBus> opened = new ArrayList<>();
    BusHarness harness;
    RecordingListener listenerOfA;
    RecordingListener listenerOfB;
    ClusterBus a;
    ClusterBus b;

    BusCase(Supplier<BusHarness> harnesses) {
        this.harnesses = harnesses;
    }

    @BeforeEach
    void connectTwoNodes() {
        harness = harnesses.get();
        listenerOfA = new RecordingListener();
        listenerOfB = new RecordingListener();
        a = open("node-a", listenerOfA);
        b = open("node-b", listenerOfB);
        awaitConnected();
    }

    @AfterEach
    void close() {
        opened.forEach(ClusterBus::close);
        harness.close();
        assertThat(listenerOfA.overlapped() || listenerOfB.overlapped())
                .as("overlapping calls of a listener")
                .isFalse();
    }

    ClusterBus open(String nodeId, ClusterBus.Listener listener) {
        ClusterBus bus = harness.newBus();
        opened.add(bus);
        bus.open(nodeId, listener);
        return bus;
    }

    void awaitConnected() {
        eventually(() -> assertThat(listenerOfA.isConnected() && listenerOfB.isConnected())
                .isTrue());
    }

    void disconnect() {
        harness.disconnect();
        eventually(() -> assertThat(listenerOfA.isConnected() || listenerOfB.isConnected())
                .isFalse());
    }

    void reconnect() {
        harness.reconnect();
        awaitConnected();
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(MOMENT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(assertion);
    }

    static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(MOMENT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    static void subscribe(ClusterBus bus, String... channels) {
        result(bus.subscribe(List.of(channels)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** Returns the entries under a key as text, by node. */
    static Map<String, String> entries(ClusterBus bus, String key) {
        return texts(result(bus.readEntries(List.of(key))).getOrDefault(key, Map.of()));
    }

    static Map<String, String> texts(Map<String, byte[]> entries) {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }
}
