package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.RateLimiter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client, or one user, who asks for more than a fair share, beside one who does not. */
@OnEachTransport
class AbuseTest {
    private static final int REFUSED = 1008;

    /** The messages that one sender may send at once, and a number that no refill of the limit allows. */
    private static final int BURST = 20;

    private static final int MANY = 1_000;
    private static final String LARGE = "x".repeat(5_000);

    private ChatServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sender_beyond_the_rate_receives_the_time_to_retry() {
        server = ChatServer.builder().port(0).build().start();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            String message = "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"}]";
            String answer = socket.ask(0, message);
            int sent = 0;
            while (answer.contains("\"success\":true") && sent < MANY) {
                sent++;
                answer = socket.ask(sent, message);
            }
            assertThat(sent).isBetween(BURST, MANY - 1);
            assertThat(answer)
                    .matches(".*\"error\":\"Too many requests\",\"code\":\"rate_limited\","
                            + "\"retryable\":true,\"retryAfterMs\":\\d+.*");
        }
    }

    @Test
    void client_that_does_not_heed_refusals_is_put_out() {
        server = ChatServer.builder().port(0).build().start();
        try (RawWebSocket deaf = RawWebSocket.connected(server.port());
                RawWebSocket healthy = RawWebSocket.connected(server.port())) {
            for (int i = 0; i < 150; i++) {
                deaf.text("42[\"typing\",{\"conversationId\":\"r\",\"userId\":\"user-" + i + "\"}]");
            }
            deaf.textsUpTo("[\"sessionRevoked\",{\"reason\":\"abuse\",\"reconnect\":false}]");
            assertThat(deaf.closeCode()).isEqualTo(REFUSED);
            assertThat(healthy.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    @Test
    void anonymous_callers_over_http_are_distinguished_by_address() {
        server =
                ChatServer.builder().port(0).trustedProxies("127.0.0.1").build().start();
        int sent = 0;
        int status = post("user-0", "192.0.2.1");
        while (status == 200 && sent < MANY) {
            sent++;
            status = post("user-" + sent, "192.0.2.1");
        }
        assertThat(sent).isBetween(BURST, MANY - 1);
        assertThat(status).isEqualTo(429);
        assertThat(post("user-0", "192.0.2.2")).isEqualTo(200);
    }

    private int post(String senderId, String address) {
        return RawHttp.post(
                        server.port(),
                        "/api/conversations/r/messages",
                        "{\"senderId\":\"" + senderId + "\",\"content\":\"x\"}",
                        "Content-Type: application/json",
                        "X-Forwarded-For: " + address)
                .status();
    }

    @Test
    void flood_of_packets_ends_the_session_and_harms_no_other() {
        Limits limits = Limits.builder().packetsPerSecond(50).build();
        server = ChatServer.builder().port(0).limits(limits).build().start();
        try (RawWebSocket flood = RawWebSocket.connected(server.port());
                RawWebSocket healthy = RawWebSocket.connected(server.port())) {
            for (int i = 0; i < 500; i++) {
                flood.text("3");
            }
            assertThat(flood.closeCode()).isEqualTo(REFUSED);
            assertThat(healthy.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    @Test
    void flood_of_websocket_pings_ends_the_session() {
        Limits limits = Limits.builder().packetsPerSecond(50).build();
        server = ChatServer.builder().port(0).limits(limits).build().start();
        try (RawWebSocket flood = RawWebSocket.connected(server.port())) {
            for (int i = 0; i < 500; i++) {
                flood.frame(true, RawWebSocket.PING, new byte[0]);
            }
            assertThat(flood.closeCode()).isEqualTo(REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RawWebSocket.PONG,
                RawWebSocket.PING,
                RawWebSocket.CONTINUATION,
                RawWebSocket.BINARY,
                RawWebSocket.TEXT
            })
    void frames_of_every_kind_count_against_the_rate(int kind) {
        server = ChatServer.builder()
                .port(0)
                .limits(Limits.builder().packetsPerSecond(10).build())
                .build()
                .start();
        try (RawWebSocket flood = RawWebSocket.connected(server.port())) {
            if (kind == RawWebSocket.CONTINUATION) {
                flood.frame(false, RawWebSocket.TEXT, new byte[0]);
            }
            byte[] payload = kind == RawWebSocket.TEXT ? new byte[] {'3'} : new byte[0];
            for (int i = 0; i < 500; i++) {
                flood.frame(kind != RawWebSocket.CONTINUATION, kind, payload);
            }
            assertThat(flood.closeCode()).isIn(REFUSED, 1009);
        }
    }

    @Test
    void session_beyond_the_limit_ends_the_one_that_was_idle_for_longest() {
        server = withTwoSessionsPerUser().build().start();
        try (RawWebSocket first = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
                RawWebSocket second = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
                RawWebSocket other = RawWebSocket.connected(server.port(), "{\"token\":\"bob\"}")) {
            first.ask(1, "[\"leaveRoom\",\"r\"]");
            try (RawWebSocket third = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
                assertThat(second.nextText())
                        .isEqualTo("42[\"sessionRevoked\",{\"reason\":\"too_many_sessions\",\"reconnect\":false}]");
                assertThat(second.nextText()).isEqualTo("41");
                assertThat(second.closeCode()).isEqualTo(REFUSED);
                for (RawWebSocket kept : List.of(first, third, other)) {
                    assertThat(kept.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
                }
            }
        }
    }

    @Test
    void session_beyond_the_limit_is_refused_until_another_ends_if_the_host_wants_it() {
        server = withTwoSessionsPerUser().refuseSurplusSessions().build().start();
        RawWebSocket first = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
        try (first;
                RawWebSocket second = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}");
                RawWebSocket third = RawWebSocket.open(server.port());
                RawWebSocket fourth = RawWebSocket.open(server.port())) {
            third.nextText();
            third.text("40{\"token\":\"ann\"}");
            assertThat(third.closeCode()).isEqualTo(1013);
            assertThat(second.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
            first.text("41");
            first.closeCode();
            fourth.nextText();
            fourth.connect("{\"token\":\"ann\"}");
        }
    }

    private static ChatServerBuilder withTwoSessionsPerUser() {
        return ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(Principal::of)
                .limits(Limits.builder().sessionsPerUser(2).build());
    }

    @Test
    void client_that_does_not_read_misses_messages_learns_of_it_and_harms_no_other() {
        server = ChatServer.builder()
                .port(0)
                .rateLimiter(RateLimiter.none())
                .build()
                .start();
        try (RawWebSocket deaf = RawWebSocket.connected(server.port());
                RawWebSocket healthy = RawWebSocket.connected(server.port())) {
            deaf.ask(1, "[\"joinRoom\",\"r\"]");
            healthy.ask(1, "[\"joinRoom\",\"r\"]");
            for (int i = 1; i <= 2_000; i++) {
                server.chat().send("r", NewMessage.text("host", LARGE)).join();
                assertThat(healthy.nextText()).contains("\"seq\":" + i + ",");
            }
            List<String> heard = deaf.textsUpTo("syncRequired");
            assertThat(heard).isNotEmpty();
            assertThat(heard.get(heard.size() - 1)).isEqualTo("42[\"syncRequired\",{\"reason\":\"slow_client\"}]");
            assertThat(heard.subList(0, heard.size() - 1)).isNotEmpty().hasSizeLessThan(2_000);
        }
    }
}
