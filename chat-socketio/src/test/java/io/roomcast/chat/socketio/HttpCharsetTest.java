package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts over HTTP are stored as they were meant, or not at all. */
class HttpCharsetTest {
    private static final String PATH = "/api/conversations/r/messages";
    private static final String UTF_8 = "application/json; charset=utf-8";

    @RegisterExtension
    final StartedServer server = new StartedServer();

    private static String message(String content) {
        return "{\"senderId\":\"ann\",\"content\":\"" + content + "\"}";
    }

    private Response post(String header, byte[] body) {
        return post(PATH, header, body);
    }

    private Response post(String path, String header, byte[] body) {
        try (RawHttp http = new RawHttp(server.port())) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\nContent-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            http.write(request.toByteArray());
            Response answer = http.read();
            assertThat(http.exchange("GET", "/health/live", "").status()).isEqualTo(200);
            return answer;
        }
    }

    private String stored() {
        return RawHttp.get(server.port(), PATH).body();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json
            application/json;charset=UTF-8
            Application/JSON; Charset="utf-8"
            application/json; charset = "utf-8"
            application/json; charset=utf8
            application/json; profile=x; charset=utf-8; y=z
            application/json; x="; charset=koi8-r"
            application/json; xcharset=koi8-r
            application/json;
            application/json ; ; charset=utf-8 ;
            application/vnd.chat+json
            """)
    void json_in_utf_8_is_read(String type) {
        Response answer = post("Content-Type: " + type, message("héllo").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(stored()).contains("\"content\":\"héllo\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json; charset=koi8-r",
                "Content-Type: application/json; charset=utf-7",
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: application/json; charset=",
                "Content-Type: application/json; charset=\"\"",
                "Content-Type: application/json; charset",
                "Content-Type: application/json; charset=utf-8; charset=utf-16",
                "Content-Type: application/json; charset=ISO-8859-1",
                "Content-Type: application/json; charset = \"iso-8859-1\"",
                "Content-Type: application/json; charset=us-ascii",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json; charset=UTF-16LE",
                "Content-Type: application/json; charset='utf-8'",
                "Content-Type: application/json; charset=\"utf-8",
                "Content-Type: application/json charset=utf-8",
                "Content-Type: application/json, application/json",
                "Content-Type: application/json\r\nContent-Type: application/json",
                "Content-Type: application/json\r\nContent-Type: text/plain",
                "Content-Type: application/json\r\nContent-Encoding: identity\r\nContent-Encoding: gzip",
                "Content-Type: application/json\r\nContent-Encoding: gzip",
                "Content-Type: application/json\r\nContent-Encoding: br"
            })
    void form_that_is_not_read_is_refused(String header) {
        Response answer = post(header, message("hello").getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"invalid_payload\"", "\"field\":\"content-");
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Type: text/json",
                "Content-Type: application/jsonp",
                "Content-Type: application/json-patch",
                "Content-Type: application/+json",
                "Content-Type: application/xml",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: application/octet-stream",
                "Content-Type: multipart/form-data",
                "Content-Type: json",
                "Content-Type: */*",
                "Content-Type: ",
                "X-Content-Type: application/json"
            })
    void body_of_another_type_or_of_none_is_refused(String header) {
        for (String path : List.of(PATH, "/api/conversations/r/read", "/api/conversations")) {
            Response answer = post(path, header, message("hello").getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.body())
                    .contains(
                            "\"code\":\"invalid_payload\"",
                            "\"field\":\"content-type\"",
                            "(expected: application/json in UTF-8)");
        }
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9",
                "\u00c3",
                "\u00e2\u0082",
                "\u00f0\u009f\u0098",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00ff",
                "\u00f4\u0090\u0080\u0080",
                "\u0080"
            })
    void bytes_that_are_no_utf_8_are_refused(String bytes) {
        Response answer = post("Content-Type: " + UTF_8, message("a" + bytes).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"body\"");
        assertThat(stored()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\ufffdy", "\ud83d\ude00"})
    void text_that_is_whole_is_stored(String content) {
        assertThat(post("Content-Type: " + UTF_8, message(content).getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        assertThat(stored()).contains(content);
    }

    @Test
    void mark_of_the_byte_order_is_no_text() {
        byte[] body = ("\ufeff" + message("marked")).getBytes(StandardCharsets.UTF_8);
        assertThat(post("Content-Type: " + UTF_8, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/conversations/%ff/messages, 400",
        "/api/conversations/%c3/messages, 400",
        "/api/conversations?after=%e9, 400",
        "/api/conversations/%c3%bcnal/messages, 200",
        "/api/conversations/a%7Cb/messages, 200",
        "/api/conversations/a%2Fb/messages, 200",
        "/api/conversations/a+b/messages, 200",
        "/api/conversations/a%2Bb/messages, 200",
        "/api/conversations/room%207/messages, 200"
    })
    void path_is_utf_8_and_percent_encoded(String target, int status) {
        assertThat(RawHttp.get(server.port(), target).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"team%2F42, team/42", "a+b, a+b", "a%2Bb, a+b", "room%207, room 7", "%C3%BCnal, ünal"})
    void conversation_has_the_id_that_its_path_encodes(String encoded, String id) {
        Response sent = RawHttp.post(
                server.port(), "/api/conversations/" + encoded + "/messages", message("hi"), "Content-Type: " + UTF_8);
        assertThat(sent.body()).contains("\"conversationId\":\"" + id + "\"");
    }
}
