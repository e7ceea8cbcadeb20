package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that says two things is refused, and so is one that says something that would be dropped. */
class HttpArgumentsTest {
    private static final String PATH = "/api/conversations/r/messages";
    private static final String JSON = "Content-Type: application/json";

    @RegisterExtension
    final StartedServer server = new StartedServer();

    private static void assertInvalid(Response answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_payload\"", "\"field\":\"" + field + "\"");
    }

    private String stored() {
        return RawHttp.get(server.port(), PATH).body();
    }

    @ParameterizedTest
    @CsvSource({
        "/r/messages?limit=1&limit=2, limit",
        "/r/messages?limit=1&limit=1, limit",
        "/r/messages?limit=&limit=2, limit",
        "/r/messages?limit=1&%6cimit=2, limit",
        "/r/messages?before=1&before=2, before",
        "/r/messages?after=1&after=2, after",
        "/r/messages?around=1&around=2, around",
        "/r/sync?afterSeq=1&afterSeq=2&epoch=e, afterSeq",
        "/r/sync?afterVersion=1&afterVersion=2&epoch=e, afterVersion",
        "/r/sync?epoch=e&epoch=f, epoch",
        "/r/sync?epoch=e&limit=1&limit=2, limit",
        "?limit=1&limit=2, limit",
        "?after=a&after=b, after"
    })
    void parameter_with_two_values_is_refused(String target, String parameter) {
        Response answer = RawHttp.get(server.port(), "/api/conversations" + target);
        assertInvalid(answer, parameter);
        assertThat(answer.body()).contains("(expected: one value)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?_=1&limit=2", "?utm=a&utm=b", "?limit", "?limit=", "?"})
    void parameter_that_is_unknown_or_empty_is_ignored(String query) {
        assertThat(RawHttp.get(server.port(), PATH + query).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Idempotency-Key: a, Idempotency-Key: b, idempotency-key",
        "Idempotency-Key: a, Idempotency-Key: a, idempotency-key",
        "Authorization: Bearer a, Authorization: Bearer b, authorization"
    })
    void header_with_two_values_is_refused(String first, String second, String header) {
        String message = "{\"senderId\":\"a\",\"content\":\"x\"}";
        assertInvalid(RawHttp.post(server.port(), PATH, message, JSON, first, second), header);
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "conversationId":"other"       | conversationId  | the path
            "conversationId":"R"           | conversationId  | the path
            "conversationId":" r"          | conversationId  | the path
            "conversationId":5             | conversationId  | the path
            "conversationId":["r"]         | conversationId  | the path
            "clientMessageId":"other"      | clientMessageId | the Idempotency-Key header
            "clientMessageId":"KEY"        | clientMessageId | the Idempotency-Key header
            "clientMessageId":7            | clientMessageId | the Idempotency-Key header
            "clientMessageId":{"k":"key"}  | clientMessageId | the Idempotency-Key header
            """)
    void body_that_contradicts_its_request_is_refused(String field, String name, String source) {
        Response answer = RawHttp.post(
                server.port(),
                PATH,
                "{\"senderId\":\"a\",\"content\":\"x\"," + field + "}",
                JSON,
                "Idempotency-Key: key");
        assertInvalid(answer, name);
        assertThat(answer.body()).contains("(expected: as in " + source + ", or none)");
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"conversationId\":\"r\",\"clientMessageId\":\"key\"",
                "\"conversationId\":null,\"clientMessageId\":null",
                "\"conversationId\":\"\",\"clientMessageId\":\"\"",
                "\"type\":\"text\""
            })
    void body_may_repeat_the_parameters_of_its_request(String fields) {
        Response answer = RawHttp.post(
                server.port(),
                PATH,
                "{\"senderId\":\"a\",\"content\":\"x\"," + fields + "}",
                JSON,
                "Idempotency-Key: key");
        assertThat(answer.body()).contains("\"conversationId\":\"r\"", "\"clientMessageId\":\"key\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "3", "true"})
    void mark_of_another_conversation_is_refused(String conversation) {
        String body = "{\"upToSeq\":1,\"conversationId\":" + conversation + "}";
        assertInvalid(RawHttp.post(server.port(), "/api/conversations/r/read", body, JSON), "conversationId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key: ", "X: y"})
    void key_of_the_body_counts_without_a_header(String header) {
        String message = "{\"senderId\":\"a\",\"content\":\"x\",\"clientMessageId\":\"k\"}";
        assertThat(RawHttp.post(server.port(), PATH, message, JSON, header).body())
                .contains("\"clientMessageId\":\"k\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "fileName":"a.pdf"                                | fileName
            "fileSize":1                                      | fileSize
            "fileSize":0                                      | fileSize
            "mimeType":"image/png"                            | mimeType
            "fileUrl":"","fileName":"a.pdf"                   | fileName
            "fileUrl":null,"fileSize":3                       | fileSize
            "fileUrl":"","fileName":"","mimeType":"image/png" | mimeType
            "type":"file","fileName":"a.pdf"                  | fileName
            "type":"image","mimeType":"image/png"             | mimeType
            """)
    void field_of_a_file_without_its_address_is_refused(String fields, String name) {
        String message = "{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"," + fields + "}";
        Response answer = RawHttp.post(server.port(), PATH, message, JSON);
        assertInvalid(answer, name);
        assertThat(answer.body()).contains("(expected: none without fileUrl)");
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"sendMessage\"," + message + "]"))
                    .contains("\"code\":\"invalid_payload\"", "\"field\":\"" + name + "\"", "without fileUrl");
        }
        assertThat(stored()).contains("\"messages\":[]");
    }

    static Stream<String> one_file_may_be_sent_in_either_form() {
        String listed = "\"attachments\":[{\"fileUrl\":\"/1\",\"fileName\":\"a\",\"fileSize\":3,\"mimeType\":\"a/b\"}]";
        String alone = "\"fileUrl\":\"/1\",\"fileName\":\"a\",\"fileSize\":3,\"mimeType\":\"a/b\"";
        return Stream.of(
                listed,
                alone,
                listed + "," + alone,
                listed + ",\"fileUrl\":\"/1\"",
                listed + ",\"fileSize\":3.0,\"fileName\":\"\"",
                alone + ",\"attachments\":[]",
                alone + ",\"attachments\":null");
    }

    @ParameterizedTest
    @MethodSource
    void one_file_may_be_sent_in_either_form(String fields) {
        String message = "{\"senderId\":\"a\",\"content\":\"x\",\"type\":\"file\"," + fields + "}";
        assertThat(RawHttp.post(server.port(), PATH, message, JSON).body())
                .contains(
                        "\"content\":\"x\",\"fileUrl\":\"/1\",\"fileName\":\"a\",\"fileSize\":3,\"mimeType\":\"a/b\","
                                + "\"attachments\":[{\"fileUrl\":\"/1\",\"fileName\":\"a\",\"fileSize\":3,\"mimeType\":\"a/b\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "attachments":[{"fileUrl":"/1"}],"fileUrl":"/2"                  | fileUrl
            "attachments":[{"fileUrl":"/1"}],"fileName":"a"                  | fileName
            "attachments":[{"fileUrl":"/1","fileSize":3}],"fileSize":4       | fileSize
            "attachments":[{"fileUrl":"/1"},{"fileUrl":"/2"}],"fileUrl":"/2" | fileUrl
            "attachments":[{"fileName":"a"}]                                 | attachments[0].fileUrl
            "attachments":[{"fileUrl":"/1"},{"fileUrl":"ftp://a"}]           | attachments[1].fileUrl
            "attachments":[{"fileUrl":"/1","width":"3"}]                     | attachments[0].width
            "attachments":["/1"]                                             | attachments[0]
            "attachments":{"fileUrl":"/1"}                                   | attachments
            """)
    void files_that_contradict_or_are_malformed_are_refused(String fields, String name) {
        String message = "{\"senderId\":\"a\",\"content\":\"x\"," + fields + "}";
        Response answer = RawHttp.post(server.port(), PATH, message, JSON);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"" + name + "\"");
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fileUrl\":\"\",\"fileName\":\"\",\"fileSize\":null,\"mimeType\":\"\"",
                "\"fileUrl\":null,\"fileName\":null",
                "\"fileName\":null",
                "\"fileName\":\"\"",
                "\"fileSize\":null",
                "\"mimeType\":null"
            })
    void empty_field_of_a_file_is_absent(String fields) {
        String message = "{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"x\"," + fields + "}";
        assertThat(RawHttp.post(server.port(), PATH, message, JSON).status()).isEqualTo(200);
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            assertThat(socket.ask(1, "[\"sendMessage\"," + message + "]")).contains("\"success\":true");
        }
    }
}
