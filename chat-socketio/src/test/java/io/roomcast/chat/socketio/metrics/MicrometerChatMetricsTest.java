package io.roomcast.chat.socketio.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrometerChatMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerChatMetrics metrics = new MicrometerChatMetrics(registry);
    private final ChatServer server =
            ChatServer.builder().port(0).metrics(metrics).build().start();

    @AfterEach
    void stop() {
        RawPolling.leaveAll(server.port());
        server.close();
    }

    private RequiredSearch meter(String name, String... tags) {
        return registry.get(name).tags(tags);
    }

    private double count(String event, String outcome) {
        return meter("chat.events", "event", event, "outcome", outcome)
                .counter()
                .count();
    }

    private static String message(String room, String content) {
        return "[\"sendMessage\",{\"conversationId\":\"" + room + "\",\"senderId\":\"ann\",\"content\":\"" + content
                + "\"}]";
    }

    @Test
    void gauges_follow_what_is_there() {
        RawPolling.connected(server.port());
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.ask(1, "[\"joinRoom\",\"r\"]");

            assertThat(meter("chat.connections", "transport", "websocket")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meter("chat.connections", "transport", "polling").gauge().value())
                    .isEqualTo(1);
            assertThat(meter("chat.sessions").gauge().value()).isEqualTo(2);
            assertThat(meter("chat.rooms").gauge().value()).isEqualTo(1);
            await().untilAsserted(() ->
                    assertThat(meter("chat.queue.depth").gauge().value()).isZero());
            assertThat(meter("chat.users").gauge().value()).isZero();
        }
        await().untilAsserted(() -> assertThat(meter("chat.disconnects", "reason", "client_left")
                        .counter()
                        .count())
                .isEqualTo(1));
        assertThat(meter("chat.connections", "transport", "websocket").gauge().value())
                .isZero();
    }

    @Test
    void gauges_follow_the_server_that_came_last() {
        server.close();
        try (ChatServer next =
                        ChatServer.builder().port(0).metrics(metrics).build().start();
                RawWebSocket socket = RawWebSocket.connected(next.port())) {
            socket.ask(1, "[\"joinRoom\",\"r\"]");

            assertThat(meter("chat.sessions").gauge().value()).isEqualTo(1);
            assertThat(meter("chat.connections", "transport", "websocket")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void events_count_by_name_and_outcome_over_sockets_and_http() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.ask(1, message("r", "hello"));
            socket.ask(2, message("r", ""));
            socket.ask(3, "[\"sendMessage\",7]");
            socket.ask(4, "[\"made up by a client\",{}]");
        }
        String path = "/api/conversations/r/messages";
        String json = "Content-Type: application/json";
        RawHttp.post(server.port(), path, "{\"senderId\":\"ann\",\"content\":\"hi\"}", json);
        RawHttp.post(server.port(), path, "{\"content\":7}", json);

        await().untilAsserted(() -> assertThat(count("sendMessage", "ok")).isEqualTo(2));
        assertThat(count("sendMessage", "missing_fields")).isEqualTo(1);
        await().untilAsserted(() ->
                assertThat(count("sendMessage", "invalid_payload")).isEqualTo(2));
        assertThat(count("unknown", "not_supported")).isEqualTo(1);
        assertThat(meter("chat.messages.persisted").counter().count()).isEqualTo(2);
    }

    @Test
    void broadcasts_report_the_number_of_recipients() {
        try (RawWebSocket ann = RawWebSocket.connected(server.port());
                RawWebSocket bob = RawWebSocket.connected(server.port())) {
            ann.ask(1, "[\"joinRoom\",\"r\"]");
            bob.ask(1, "[\"joinRoom\",\"r\"]");
            ann.ask(2, message("r", "hello"));
            bob.textsUpTo("receiveMessage");

            assertThat(meter("chat.broadcast.recipients").summary().max()).isEqualTo(2);
        }
    }

    @Test
    void store_calls_are_timed_by_operation_and_outcome() {
        metrics.onStoreCall("append", Duration.ofMillis(3), null);
        metrics.onStoreCall("append", Duration.ofMillis(4), ErrorCode.TIMEOUT);

        assertThat(meter("chat.store.duration", "operation", "append", "outcome", "ok")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(meter("chat.store.duration", "operation", "append", "outcome", "timeout")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(4);
    }

    @Test
    void refused_requests_are_counted_by_their_reason() {
        RawHttp.get(server.port(), "/health/live", "Origin: https://evil.example");
        RawHttp.get(server.port(), "/health/live", "Origin: https://evil.example");
        assertThat(meter("chat.requests.refused", "reason", "foreign_origin")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void slow_clients_are_counted() {
        metrics.onSlowClient();

        assertThat(meter("chat.clients.slow").counter().count()).isEqualTo(1);
    }

    @Test
    void no_meter_names_a_user_or_a_conversation() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.ask(1, message("room-of-ann", "hello"));
        }
        List<Meter.Id> ids = registry.getMeters().stream().map(Meter::getId).toList();

        assertThat(ids).allSatisfy(id -> assertThat(id.getName()).startsWith("chat."));
        assertThat(tags(ids).stream().map(Tag::getKey))
                .isSubsetOf("transport", "event", "outcome", "operation", "reason");
        assertThat(tags(ids).stream().map(Tag::getValue)).doesNotContain("ann", "room-of-ann");
    }

    private static Set<Tag> tags(List<Meter.Id> ids) {
        return ids.stream().flatMap(id -> id.getTags().stream()).collect(Collectors.toSet());
    }
}
