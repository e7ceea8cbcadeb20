package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.RateLimiter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations may be named by any visible text, over the socket and, percent-encoded, in HTTP paths. */
class IdsTest {
    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder()
                .port(0)
                .rateLimiter(RateLimiter.none())
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team|42",
                "\u00fcnal",
                "a+b",
                "room 7",
                "a/b",
                "a%2Fb",
                "50%",
                "a?b=c",
                "#1",
                "a;b",
                "a&b",
                "$where",
                "a.b",
                "..",
                "{\"$gt\":1}",
                "<b>",
                "it's",
                "\\",
                "\uD83D\uDE00",
                "messages",
                "r\u00e9union d'\u00e9quipe"
            })
    void conversation_is_found_by_its_name(String id) {
        String quoted = TextNode.valueOf(id).toString();
        String path = "/api/conversations/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"joinRoom\"," + quoted + "]"))
                    .contains("\"success\":true", "\"conversationId\":" + quoted);
            assertThat(RawHttp.post(
                                    server.port(),
                                    path + "/messages",
                                    "{\"senderId\":\"a\",\"content\":\"over http\"}",
                                    "Content-Type: application/json")
                            .body())
                    .contains("\"success\":true", "\"conversationId\":" + quoted);
            assertThat(socket.textsUpTo("receiveMessage")).last().asString().contains("over http");
        }
        assertThat(RawHttp.get(server.port(), path + "/messages").body()).contains("\"content\":\"over http\"");
        assertThat(RawHttp.get(server.port(), path).body())
                .contains("\"conversationId\":" + quoted + ",\"kind\":\"open\"");
    }
}
