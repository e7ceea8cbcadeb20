package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports of the host that answer what no client could read: each event still gets its one answer, and the next one too. */
class HostileHostTest {
    private static final String SEND = "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"x\"}]";

    private ChatServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(UnaryOperator<ChatServerBuilder> hostile) {
        ChatServerBuilder builder =
                ChatServer.builder().host("127.0.0.1").port(0).authenticator(Principal::of);
        server = hostile.apply(builder).build().start();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z", "9999-12-31T23:59:59.9999Z"})
    void token_that_ends_after_all_dates_lets_in(String end) {
        start(server -> server.authenticator(token -> Principal.of(token).expiringAt(Instant.parse(end))));
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            assertThat(socket.connect("{\"token\":\"ann\"}")).contains("\"userId\":\"ann\"");
            assertThat(socket.ask(1, SEND)).contains("\"success\":true");
            assertThat(socket.ask(2, "[\"refreshToken\",{\"token\":\"ann\"}]")).contains("\"success\":true");
        }
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                argumentSet("endless", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
                argumentSet("300 years", Duration.ofDays(110_000)),
                argumentSet("a nanosecond", Duration.ofNanos(1)));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void every_command_is_answered_whatever_the_limiter_answers(Duration wait) {
        start(server ->
                server.rateLimiter((caller, command) -> command.conversationId().equals("r") ? wait : Duration.ZERO));
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            for (int i = 1; i <= 90; i++) {
                assertThat(socket.ask(i, SEND)).containsPattern("\"retryAfterMs\":\\d{1,16},");
            }
            assertThat(socket.ask(99, "[\"leaveRoom\",\"other\"]")).contains("\"success\":true");
        }
        RawHttp.Response answer = RawHttp.post(
                server.port(),
                "/api/conversations/r/messages",
                "{\"content\":\"x\"}",
                "Content-Type: application/json",
                "Authorization: Bearer ann");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsKey("retry-after");
    }

    @Test
    void limiter_that_answers_less_than_nothing_permits() {
        start(server -> server.rateLimiter((caller, command) -> Duration.ofSeconds(Long.MIN_VALUE)));
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            assertThat(socket.ask(1, SEND)).contains("\"success\":true");
        }
    }

    @Test
    void refusal_with_half_a_character_is_readable() {
        start(server -> server.interceptor(draft -> {
            throw ChatException.rejected("no \ud83d way");
        }));
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            assertThat(socket.ask(1, SEND)).contains("\"error\":\"no \\uD83D way\"");
            socket.text("42" + SEND);
            assertThat(socket.nextText()).contains("messageError", "no \\uD83D way");
        }
    }

    @Test
    void name_that_is_cut_in_a_character_is_readable() {
        start(UnaryOperator.identity());
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            socket.text("42[\"" + "n".repeat(63) + "\ud83d\ude00\"]");
            assertThat(socket.nextText()).contains("n".repeat(63) + "\\uD83D\"");
        }
    }

    @Test
    void message_of_the_host_with_half_a_character_is_refused_or_readable() {
        start(server -> server.interceptor(MessageInterceptor.none()).rateLimiter(RateLimiter.none()));
        try (RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"ann\"}")) {
            socket.ask(1, "[\"joinRoom\",\"r\"]");
            server.chat()
                    .send("r", NewMessage.text("host", "half \ud800"))
                    .exceptionally(refused -> null)
                    .join();
            assertThat(socket.ask(2, SEND)).contains("\"success\":true");
            assertThat(socket.ask(3, "[\"getMessages\",{\"conversationId\":\"r\"}]"))
                    .contains("\"success\":true");
        }
    }

    @Test
    void server_stops_with_endless_patience() {
        start(UnaryOperator.identity());
        server.stop(Duration.ofSeconds(Long.MAX_VALUE));
    }
}
