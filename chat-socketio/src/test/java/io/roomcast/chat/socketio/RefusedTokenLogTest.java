package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedTokenLogTest {
    private static final String MESSAGES = "/api/conversations/r/messages";
    private static final String SECRET = "correct-horse";

    private ChatServer server;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .port(0)
                .host("127.0.0.1")
                .trustedProxies("127.0.0.1")
                .authenticator(RefusedTokenLogTest::ownerOf)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Principal ownerOf(String token) {
        switch (token.split("-")[0]) {
            case "wrong" -> throw ChatException.of(ErrorCode.UNAUTHENTICATED);
            case "old" -> throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
            case "odd" -> throw new IllegalArgumentException(token);
            default -> {
                return Principal.of("ann");
            }
        }
    }

    private static List<String> lines(LogLines log) {
        return log.text()
                .lines()
                .filter(line -> line.contains("refused a token"))
                .toList();
    }

    private void byHttp(String token, String... headers) {
        String[] all = List.of(headers).toArray(new String[headers.length + 1]);
        all[headers.length] = "Authorization: Bearer " + token;
        assertThat(RawHttp.get(server.port(), MESSAGES, all).status()).isIn(200, 401);
    }

    private void byWebSocket(String token, String... headers) {
        String target = "/socket.io/?EIO=4&transport=websocket";
        try (RawWebSocket socket = RawWebSocket.open(server.port(), target, headers)) {
            socket.nextText();
            socket.text("40{\"token\":\"" + token + "\"}");
            assertThat(socket.nextText()).startsWith("44{");
        }
    }

    private void byPolling(String token) {
        RawPolling polling = RawPolling.open(server.port());
        polling.push("40{\"token\":\"" + token + "\"}");
        assertThat(polling.next()).startsWith("44{");
        polling.push("1");
    }

    @ParameterizedTest
    @CsvSource({"wrong, unauthenticated", "old, token_expired", "odd, unauthenticated"})
    void line_has_the_address_and_the_reason_but_not_the_token(String kind, String reason) {
        String token = kind + "-" + SECRET;
        for (Runnable way : List.<Runnable>of(() -> byHttp(token), () -> byWebSocket(token), () -> byPolling(token))) {
            try (LogLines log = LogLines.capture()) {
                way.run();
                assertThat(lines(log))
                        .singleElement()
                        .asString()
                        .contains("INFO")
                        .endsWith("refused a token from 127.0.0.1: " + reason);
                assertThat(log.text()).doesNotContain(SECRET, "(0 more");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "'198.51.100.1, 192.0.2.7', 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6",
        "a forged line, 127.0.0.1",
        "127.0.0.1, 127.0.0.1"
    })
    void line_has_the_address_that_a_trusted_proxy_names(String forwarded, String address) {
        String header = "X-Forwarded-For: " + forwarded;
        for (Runnable way : List.<Runnable>of(
                () -> byHttp("wrong-" + SECRET, header), () -> byWebSocket("wrong-" + SECRET, header))) {
            try (LogLines log = LogLines.capture()) {
                way.run();
                assertThat(lines(log)).singleElement().asString().endsWith("from " + address + ": unauthenticated");
                assertThat(log.text()).doesNotContain(SECRET, "forged");
            }
        }
    }

    @Test
    void many_refusals_are_few_lines_and_other_kinds_are_still_logged() {
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < 100; i++) {
                byHttp("wrong-" + i);
            }
            assertThat(lines(log)).hasSizeBetween(10, 60);
            byHttp("old-" + SECRET);
            assertThat(lines(log)).last().asString().endsWith(": token_expired");
        }
    }

    @Test
    void accepted_token_and_no_token_are_not_logged() {
        try (LogLines log = LogLines.capture()) {
            byHttp("good-" + SECRET);
            assertThat(RawHttp.get(server.port(), MESSAGES).status()).isEqualTo(401);
            assertThat(lines(log)).isEmpty();
        }
    }
}
