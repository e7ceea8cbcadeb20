package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of the host's own, over the same connection as those of the chat. */
class OwnEventsTest {
    private static final String TOKEN = "{\"token\":\"ann\"}";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch over = new CountDownLatch(1);
    private ChatServer server;
    private RawWebSocket ann;

    record Order(int id) {}

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .port(0)
                .authenticator(Principal::of)
                .metrics(new MicrometerChatMetrics(meters))
                .limits(Limits.builder().commandTimeout(Duration.ofSeconds(1)).build())
                .on("echo", request -> request.payload())
                .on("silent", request -> null)
                .on("huge", request -> '"' + "x".repeat(5_000_000) + '"')
                .on("large", request -> '"' + "x".repeat(1_000_000) + '"')
                .on("who", request -> '"' + request.principal().userId() + '"')
                .on("sold-out", request -> {
                    throw ChatException.of(ErrorCode.CONFLICT);
                })
                .on("broken", request -> {
                    throw new IllegalStateException("secret");
                })
                .on("hang", request -> {
                    over.await();
                    return null;
                })
                .on("order:seen", Order.class, OwnEventsTest::order, (order, request) -> {
                    request.chat().sendEvent("orders", "order.seen", String.valueOf(order.id()));
                    return "{\"success\":true,\"id\":" + order.id() + "}";
                })
                .onAsync("later", request -> CompletableFuture.supplyAsync(() -> "[1]"))
                .build()
                .start();
        ann = RawWebSocket.connected(server.port(), TOKEN);
    }

    private static Order order(String json, Class<Order> type) {
        return new Order(Integer.parseInt(json.replaceAll("\\{\"id\":(\\d+)}", "$1")));
    }

    @AfterEach
    void stop() {
        over.countDown();
        ann.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["echo",{"a":[1,null,"x"]}]   | [{"a":[1,null,"x"]}]
            ["echo","text"]               | ["text"]
            ["echo"]                      | [null]
            ["echo",null]                 | [null]
            ["echo",1.50]                 | [1.50]
            ["silent",{}]                 | [{"success":true}]
            ["who",{}]                    | ["ann"]
            ["later",{}]                  | [[1]]
            ["order:seen",{"id":7}]       | [{"success":true,"id":7}]
            """)
    void ack_is_what_the_handler_returns(String event, String ack) {
        assertThat(ann.ask(1, event)).isEqualTo(ack);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["sold-out",{}]        | conflict         | ``
            ["broken",{}]          | internal_error   | ``
            ["hang",{}]            | timeout          | ``
            ["unknown",{}]         | not_supported    | ``
            ["order:seen",{"i":1}] | invalid_payload  | payload
            ["echo",1,2]           | invalid_payload  | payload
            ["echo",{"a":1]        | invalid_payload  | a
            """)
    void failure_has_a_code(String event, String code, String field) {
        String ack = ann.ask(1, event);
        assertThat(ack)
                .startsWith("[{\"success\":false,")
                .contains("\"code\":\"" + code + "\"")
                .doesNotContain("secret");
        if (!field.isEmpty()) {
            assertThat(ack).contains("\"field\":\"" + field + "\"");
        }
    }

    @Test
    void result_that_no_client_could_receive_ends_no_connection() {
        assertThat(ann.ask(1, "[\"huge\",{}]")).contains("\"code\":\"internal_error\"");
        assertThat(ann.ask(2, "[\"large\",{}]")).hasSize(1_000_004);
        assertThat(ann.ask(3, "[\"echo\",{}]")).isEqualTo("[{}]");
    }

    @Test
    void binary_payload_is_refused() {
        ann.text("451-1[\"echo\",{\"file\":{\"_placeholder\":true,\"num\":0}}]");
        assertThat(ann.nextText()).startsWith("431[{\"success\":false,").contains("\"field\":\"file\"");
    }

    @Test
    void failure_without_an_ack_is_an_event() {
        ann.text("42[\"sold-out\",{}]");
        assertThat(ann.nextText())
                .startsWith("42[\"chatError\",{\"event\":\"sold-out\",")
                .contains("\"conflict\"");
    }

    @Test
    void event_of_the_host_reaches_the_room() {
        ann.ask(1, "[\"joinRoom\",\"orders\"]");
        try (RawWebSocket bob = RawWebSocket.connected(server.port(), "{\"token\":\"bob\"}")) {
            bob.ask(1, "[\"order:seen\",{\"id\":7}]");
        }
        String received = ann.nextText();
        while (!received.startsWith("42[\"customEvent\"")) {
            received = ann.nextText();
        }
        assertThat(received)
                .startsWith(
                        "42[\"customEvent\",{\"conversationId\":\"orders\",\"name\":\"order.seen\",\"data\":7,\"at\":");
    }

    @Test
    void events_of_the_host_are_counted_by_name() {
        ann.ask(1, "[\"echo\",{}]");
        ann.ask(2, "[\"sold-out\",{}]");
        ann.ask(3, "[\"unknown\",{}]");
        assertThat(count("echo", "ok")).isOne();
        assertThat(count("sold-out", "conflict")).isOne();
        assertThat(count("unknown", "not_supported")).isOne();
    }

    private double count(String event, String outcome) {
        return meters.get("chat.events")
                .tags("event", event, "outcome", outcome)
                .counter()
                .count();
    }
}
