package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that say what they mean in another way than most: numbers by their value, and empty texts as absent ones. */
class LenientPayloadTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String MESSAGES = "/api/conversations/r/messages";

    private ChatServer server;

    @BeforeEach
    void start() {
        server = ChatServer.builder().port(0).build().start();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            for (int i = 0; i < 6; i++) {
                assertThat(socket.ask(
                                i, "[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"}]"))
                        .contains("\"success\":true");
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 10, 2",
        "3.0, 10, 2",
        "0.3e1, 10, 2",
        "30e-1, 10, 2",
        "3.000, 1e1, 2",
        "5e0, 2.0, 2",
        "5E+0, 20e-1, 2"
    })
    void number_counts_by_its_value(String before, String limit, int messages) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            String event =
                    "[\"getMessages\",{\"conversationId\":\"r\",\"before\":" + before + ",\"limit\":" + limit + "}]";
            assertPage(socket.ask(1, event), messages);
        }
        String query = "?before=" + before.replace("+", "%2B") + "&limit=" + limit;
        assertPage("[" + RawHttp.get(server.port(), MESSAGES + query).body() + "]", messages);
    }

    private static void assertPage(String answer, int messages) {
        JsonNode page = StrictServer.parse(answer).get(0);
        assertThat(page.get("messages")).hasSize(messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "x", "NaN", "0x3", "3e-1", "1e99", "\"3\"", "true", "null", "[3]"})
    void query_that_is_no_whole_number_is_refused(String limit) {
        RawHttp.Response answer = RawHttp.get(server.port(), MESSAGES + "?limit=" + limit);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"limit\"");
    }

    @Test
    void numbers_of_a_body_and_of_a_position_count_by_their_values() {
        assertThat(RawHttp.post(server.port(), "/api/conversations/r/read", "{\"upToSeq\":2.0,\"userId\":\"a\"}", JSON)
                        .body())
                .doesNotContain("\"field\":\"upToSeq\"");
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            String answer = socket.ask(
                    1,
                    "[\"joinRoom\",{\"conversationId\":\"r\",\"after\":{\"seq\":4.0,\"version\":0.0},\"limit\":1e2}]");
            assertPage(answer, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"mimeType\":\"\"",
                "\"replyTo\":\"\"",
                "\"type\":\"\"",
                "\"fileUrl\":\"\",\"fileName\":\"\",\"mimeType\":\"\"",
                "\"clientMessageId\":\"\"",
                "\"fileUrl\":\"https://x.example/v\",\"mimeType\":\"video/webm; codecs=\\\"vp8, opus\\\"\"",
                "\"fileUrl\":\"https://x.example/v\",\"fileName\":\"\",\"fileSize\":1e3"
            })
    void empty_text_is_absent_in_a_message(String fields) {
        String message = "{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"," + fields + "}";
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"sendMessage\"," + message + "]"))
                    .contains("\"success\":true")
                    .doesNotContain("\"mimeType\":\"\"", "\"replyTo\"", "\"fileName\"");
        }
        assertThat(RawHttp.post(server.port(), MESSAGES, message, JSON, "Idempotency-Key: ")
                        .body())
                .contains("\"success\":true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["typing",{"conversationId":"r","userId":""}]                                      | missing_fields | userId
            ["viewing",{"conversationId":"r","userId":""}]                                     | missing_fields | userId
            ["sendMessage",{"conversationId":"r","senderId":"","content":"x"}]                 | missing_fields | senderId
            ["updateConversation",{"conversationId":"r","title":""}]                           | missing_fields | title
            ["createConversation",{"kind":"","memberIds":["a"]}]                               | missing_fields | kind
            ["setPresence",{"status":""}]                                                      | missing_fields | status
            """)
    void empty_text_is_missing_where_something_must_be_there(String event, String code, String field) {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, event)).contains("\"code\":\"" + code + "\"", "\"field\":\"" + field + "\"");
        }
    }

    @Test
    void empty_query_is_absent() {
        assertThat(RawHttp.get(server.port(), MESSAGES + "?limit=&before=").body())
                .contains("\"success\":true");
    }
}
