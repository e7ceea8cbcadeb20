package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.RequiresPrograms;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of a cluster: health, meters and the log, over an outage of a real Redis. */
@RequiresPrograms({"redis-server", "redis-sentinel"})
@Timeout(120)
class ClusterOperationsTest extends RedisCase {
    private static final int MESSAGES = 20;

    private final RedisServer redis = closed(RedisServer.start());
    private final ChatStore store = ChatStore.inMemory();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ChatServer one = start(RedisBus.connect(redis.uri()), meters);
    private final ChatServer two = start(RedisBus.connect(redis.uri()), new SimpleMeterRegistry());

    private ChatServer start(ClusterBus bus, SimpleMeterRegistry registry) {
        return closed(ChatServer.builder()
                .port(0)
                .store(store)
                .cluster(bus)
                .metrics(new MicrometerChatMetrics(registry))
                .build()
                .start());
    }

    private RawWebSocket join(ChatServer server) {
        RawWebSocket socket = closed(RawWebSocket.connected(server.port()));
        assertThat(socket.ask(1, "[\"joinRoom\",{\"conversationId\":\"r\"}]")).contains("\"success\":true");
        return socket;
    }

    private void send(ChatServer server) {
        IntStream.range(0, MESSAGES)
                .forEach(i -> server.chat()
                        .send("r", NewMessage.text("ann", "message " + i))
                        .join());
    }

    private static void awaitAway(ChatServer server, boolean isAway) {
        eventually(() -> assertThat(server.stats().chat().away()).isEqualTo(isAway));
    }

    private void kill() {
        redis.kill();
        awaitAway(one, true);
        awaitAway(two, true);
    }

    private void restart() {
        redis.restart();
        awaitAway(one, false);
        awaitAway(two, false);
    }

    private static void awaitNodes(ChatServer server) {
        eventually(() -> assertThat(server.stats().chat().nodes()).isEqualTo(2));
    }

    private double count(String meter) {
        return meters.get(meter).counter().count();
    }

    private double away() {
        return meters.get("chat.cluster.away").gauge().value();
    }

    @Test
    void disconnected_server_is_ready_and_reports_it() {
        awaitAway(one, false);
        assertThat(RawHttp.get(one.port(), "/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
        kill();
        RawHttp.Response away = RawHttp.get(one.port(), "/health/ready");
        assertThat(away.status()).isEqualTo(200);
        assertThat(away.body()).isEqualTo("{\"status\":\"up\",\"cluster\":\"away\"}");
        restart();
        assertThat(RawHttp.get(one.port(), "/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void server_whose_bus_needs_no_connection_is_never_away() {
        ChatServer server = start(ClusterBus.viaStore(Duration.ofSeconds(1)), new SimpleMeterRegistry());
        assertThat(RawHttp.get(server.port(), "/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void meters_follow_the_frames_and_what_is_lost() {
        awaitNodes(one);
        awaitNodes(two);
        join(one);
        double sent = count("chat.cluster.frames.sent");
        double received = count("chat.cluster.frames.received");
        send(one);
        send(two);
        assertThat(count("chat.cluster.frames.sent")).isGreaterThanOrEqualTo(sent + MESSAGES);
        eventually(() -> assertThat(count("chat.cluster.frames.received")).isGreaterThanOrEqualTo(received + MESSAGES));
        assertThat(meters.get("chat.cluster.lag").timer().count()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(away()).isZero();

        double resyncs = count("chat.cluster.resyncs");
        double gaps = count("chat.cluster.gaps");
        kill();
        assertThat(away()).isEqualTo(1);
        send(two);
        eventually(() -> assertThat(count("chat.cluster.gaps")).isGreaterThan(gaps));
        assertThat(count("chat.cluster.resyncs")).isGreaterThan(resyncs);
        restart();
        assertThat(away()).isZero();
    }

    @Test
    void outage_is_one_warning_of_each_server() {
        awaitNodes(one);
        awaitNodes(two);
        join(one);
        join(two);
        try (LogLines log = LogLines.capture()) {
            kill();
            send(one);
            send(two);
            assertThat(one.chat().revoke("bob")).failsWithin(Duration.ofSeconds(20));
            restart();
            send(one);
            one.chat().revoke("bob").join();

            List<String> warnings = log.text()
                    .lines()
                    .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                    .toList();
            assertThat(warnings)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("Redis at " + redis.uri(), "cannot be reached"));
            assertThat(log.text().lines().filter(line -> line.contains("is connected")))
                    .hasSize(2);
        }
    }

    @Test
    void another_node_of_the_same_name_is_logged() {
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < 2; i++) {
                closed(ChatServer.builder()
                        .port(0)
                        .store(store)
                        .cluster(RedisBus.connect(redis.uri()))
                        .nodeName("twin")
                        .build()
                        .start());
            }
            eventually(() -> assertThat(log.text()).contains("WARN", "another node has the name of this one, twin"));
        }
    }
}
