package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 3 of the Engine.IO protocol, as clients 2.x speak it. */
@OnEachTransport
class LegacyClientsTest {
    private static final String POLLING = "/socket.io/?EIO=3&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket";

    private ChatServer server;
    private int port;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(LegacyClientsTest::ownerOf)
                .legacyClients()
                .build()
                .start();
        port = server.port();
    }

    private static Principal ownerOf(String token) {
        if (!token.equals("ann")) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void token_of_the_query_lets_in() {
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET + "&token=ann")) {
            assertThat(socket.nextText()).startsWith("0{");
            assertThat(socket.nextText()).isEqualTo("40");
            assertThat(socket.nextText()).startsWith("42[\"session\",{\"protocol\":1,");
            assertThat(socket.ask(1, message("hi"))).contains("\"senderId\":\"ann\"");
        }
    }

    @Test
    void token_of_the_header_lets_in() {
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET, "Authorization: Bearer ann")) {
            assertThat(socket.nextText()).startsWith("0{");
            assertThat(socket.nextText()).isEqualTo("40");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&token=", "&token=bob"})
    void no_other_client_is_admitted(String query) {
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET + query)) {
            assertThat(socket.nextText()).startsWith("0{");
            assertThat(socket.nextText()).isEqualTo("44\"Authentication error\"");
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void handshake_with_two_tokens_is_refused() {
        String target = "/socket.io/?EIO=3&transport=polling&token=bob&token=ann";
        assertThat(RawHttp.get(port, target).status()).isEqualTo(400);
    }

    @Test
    void nothing_is_received_before_authentication() {
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET)) {
            socket.text("42" + message("smuggled"));
            socket.closeCode();
        }
        assertThat(RawHttp.get(port, "/api/conversations/r/messages", "Authorization: Bearer ann")
                        .body())
                .contains("\"messages\":[]");
    }

    @Test
    void token_of_the_query_is_nothing_to_clients_of_today() {
        try (RawWebSocket socket = RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket&token=ann")) {
            socket.nextText();
            socket.text("40");
            assertThat(socket.nextText()).startsWith("44{");
        }
    }

    @Test
    void ping_of_the_client_is_answered_with_its_own_words() {
        try (RawWebSocket socket = RawWebSocket.open(port, WEBSOCKET + "&token=ann")) {
            socket.textsUpTo("session");
            socket.text("2hello");
            assertThat(socket.nextText()).isEqualTo("3hello");
        }
    }

    @Test
    void packets_over_polling_have_their_lengths() {
        String opened = RawHttp.get(port, POLLING + "&token=ann").body();
        assertThat(opened).matches("\\d+:0\\{.*}");
        String sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        String target = POLLING + "&sid=" + sid;
        String heard =
                opened.contains("2:40") ? opened : RawHttp.get(port, target).body();
        assertThat(heard).containsPattern("2:40\\d+:42\\[\"session\",\\{");
        String event = "421" + message("\uD83D\uDE00 é");
        assertThat(RawHttp.post(port, target, event.length() + ":" + event).body())
                .isEqualTo("ok");
        String answer = RawHttp.get(port, target).body();
        String packet = answer.substring(answer.indexOf(':') + 1);
        assertThat(answer)
                .startsWith(packet.length() + ":431[{\"success\":true")
                .contains("\uD83D\uDE00 é");
        RawHttp.post(port, target, "1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "5:42", "-1:4", ":4", "99999999:4", "2:42junk", "1:9"})
    void ambiguous_packets_end_the_session(String payload) {
        String opened = RawHttp.get(port, POLLING + "&token=ann").body();
        String target = POLLING + "&sid=" + opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(RawHttp.post(port, target, payload).status()).isEqualTo(400);
        assertThat(RawHttp.get(port, target).status()).isEqualTo(400);
    }

    private static String message(String content) {
        return "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"" + content + "\"}]";
    }
}
