package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private static final String DENIED =
            "44{\"message\":\"Authentication error\",\"data\":{\"code\":\"unauthenticated\",\"retryable\":false}}";
    private static final String MALFORMED =
            "44{\"message\":\"Invalid auth\",\"data\":{\"code\":\"invalid_payload\",\"retryable\":false,\"field\":\"auth\"}}";
    private static final String MESSAGE = "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"in\"}]";

    private final CountDownLatch slow = new CountDownLatch(1);
    private ChatServer server;
    private int port;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(this::ownerOf)
                .build()
                .start();
        port = server.port();
    }

    private Principal ownerOf(String token) {
        if (token.equals("slow")) {
            awaitRelease();
        }
        if (token.equals("broken")) {
            throw new IllegalStateException("never shown to anybody");
        }
        if (token.equals("busy")) {
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
        }
        if (token.equals("away")) {
            throw new ServiceUnavailableException("never shown to anybody");
        }
        if (token.equals("expired")) {
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        }
        if (token.equals("wrong")) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    private void awaitRelease() {
        try {
            slow.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        slow.countDown();
        RawPolling.leaveAll(port);
        server.close();
    }

    @Test
    void owner_of_a_token_is_let_in_and_is_the_sender() {
        try (RawWebSocket alice = RawWebSocket.connected(port, "{\"token\":\"alice\"}")) {
            assertThat(alice.ask(1, "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"hi\"}]"))
                    .contains("\"senderId\":\"alice\"");
            assertThat(alice.ask(
                            2, "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"bob\",\"content\":\"hi\"}]"))
                    .contains("\"code\":\"forbidden\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"token\":\"\"}",
                "{\"token\":\"wrong\"}",
                "{\"token\":null}",
                "{\"token\":7}",
                "{\"token\":true}",
                "{\"token\":[]}",
                "{\"token\":[\"alice\"]}",
                "{\"token\":{}}",
                "{\"token\":[[{\"token\":\"alice\"}]]}",
                "null",
                "\"\"",
                "{\"token\":{\"$gt\":\"\"}}"
            })
    void no_other_client_is_admitted(String auth) {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40" + auth);
            assertThat(socket.nextText()).isEqualTo(DENIED);
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
        RawPolling polling = RawPolling.open(port);
        polling.push("40" + auth);
        assertThat(polling.next()).isEqualTo(DENIED);
        assertThat(polling.poll().status()).isEqualTo(400);
    }

    @Test
    void expired_token_is_reported_as_only_the_front_end_can_renew_it() {
        assertThat(answerTo("expired")).contains("\"code\":\"token_expired\",\"retryable\":true");
        assertThat(answerTo("broken"))
                .contains("\"message\":\"Authentication error\"", "\"code\":\"unauthenticated\",\"retryable\":false")
                .doesNotContain("never shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "away"})
    void connection_ends_without_a_refusal_if_another_try_may_help(String token) {
        String connect = "40{\"token\":\"" + token + "\"}";
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text(connect);
            RawWebSocket.Frame end = socket.next();
            assertThat(end.opcode()).isEqualTo(RawWebSocket.CLOSE);
            assertThat(ByteBuffer.wrap(end.payload()).getShort()).isEqualTo((short) 1013);
        }
        RawPolling polling = RawPolling.open(port);
        polling.push(connect);
        assertThat(polling.next()).isEqualTo("1");
    }

    private String answerTo(String token) {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40{\"token\":\"" + token + "\"}");
            return socket.nextText();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"7[\"joinRoom\",\"r\"]", "7" + MESSAGE, "7nonsense", "7"})
    void commands_before_authentication_are_refused(String event) {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("42" + event);
            assertThat(socket.nextText())
                    .startsWith("437[{\"success\":false,")
                    .contains("\"code\":\"unauthenticated\"");
            assertThat(socket.connect("{\"token\":\"alice\"}")).contains("\"userId\":\"alice\"");
        }
        RawPolling polling = RawPolling.open(port);
        assertThat(polling.push("42" + event).status()).isEqualTo(200);
        assertThat(polling.next()).startsWith("437[{\"success\":false,").contains("\"code\":\"unauthenticated\"");
        assertThatNothingWasStored();
    }

    @Test
    void message_before_authentication_is_refused_by_an_event() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("42" + MESSAGE);
            assertThat(socket.nextText()).startsWith("42[\"chatError\",").contains("\"code\":\"unauthenticated\"");
        }
        assertThatNothingWasStored();
    }

    @Test
    void message_while_the_answer_is_out_is_refused() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40{\"token\":\"slow\"}");
            socket.text("427" + MESSAGE);
            assertThat(socket.nextText()).startsWith("437[").contains("\"code\":\"unauthenticated\"");
            slow.countDown();
            assertThat(socket.nextText()).startsWith("40{");
        }
        assertThatNothingWasStored();
    }

    @Test
    void client_is_admitted_only_once() {
        try (RawWebSocket socket = RawWebSocket.connected(port, "{\"token\":\"alice\"}")) {
            socket.text("40{\"token\":\"bob\"}");
            assertThat(socket.nextText()).startsWith("42[\"chatError\",").contains("\"code\":\"conflict\"");
            assertThat(socket.ask(1, MESSAGE)).contains("\"senderId\":\"alice\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[]", "[7]", "\"token\"", "nonsense", "{\"token\":\"alice\"", "{\"token\":\"alice\"}{}"})
    void handshake_that_cannot_be_read_is_refused_with_its_field(String auth) {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40" + auth);
            assertThat(socket.nextText()).isEqualTo(MALFORMED);
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
        RawPolling polling = RawPolling.open(port);
        polling.push("40" + auth);
        assertThat(polling.next()).isEqualTo(MALFORMED);
    }

    @Test
    void no_room_is_received_before_authentication() {
        try (RawWebSocket alice = RawWebSocket.connected(port, "{\"token\":\"alice\"}");
                RawWebSocket nobody = RawWebSocket.open(port)) {
            nobody.nextText();
            alice.ask(1, "[\"joinRoom\",\"r\"]");
            server.chat().send("r", NewMessage.system("for members")).join();
            assertThat(alice.nextText()).contains("for members");
            nobody.text("40{\"token\":\"wrong\"}");
            assertThat(nobody.nextText()).isEqualTo(DENIED);
        }
    }

    @Test
    void other_namespaces_do_not_exist() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40/admin,{\"token\":\"alice\"}");
            assertThat(socket.nextText()).isEqualTo("44/admin,{\"message\":\"Invalid namespace\"}");
            socket.text("42/admin,7[\"joinRoom\",\"r\"]");
            assertThat(socket.nextText()).startsWith("43/admin,7[{\"success\":false,");
        }
    }

    @Test
    void http_asks_for_the_same_token() {
        String path = "/api/conversations/r/messages";
        String json = "Content-Type: application/json";
        String body = "{\"content\":\"over http\"}";
        assertThat(RawHttp.get(port, path).status()).isEqualTo(401);
        assertThat(RawHttp.post(port, path, body, json).body()).contains("\"code\":\"unauthenticated\"");
        assertThat(RawHttp.post(port, path, body, json, "Authorization: Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThatNothingWasStored();
        assertThat(RawHttp.post(port, path, body, json, "Authorization: Bearer alice")
                        .body())
                .contains("\"success\":true", "\"senderId\":\"alice\"");
    }

    private void assertThatNothingWasStored() {
        String page = RawHttp.get(port, "/api/conversations/r/messages", "Authorization: Bearer alice")
                .body();
        assertThat(page).contains("\"messages\":[]");
    }
}
