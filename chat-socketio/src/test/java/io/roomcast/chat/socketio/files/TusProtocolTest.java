package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tus protocol requires of each request and each response, also of refusals. */
class TusProtocolTest {
    private static final String BYTES = "Content-Type: application/offset+octet-stream";

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final FileHarness chat = new FileHarness(store);

    @AfterEach
    void close() {
        chat.close();
    }

    private String override(String path, String method) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + bearer("ann") + "\r\nX-HTTP-Method-Override: "
                + method + "\r\n" + BYTES + "\r\nUpload-Offset: 0\r\nContent-Length: 3\r\n\r\nabc";
    }

    private Response exchange(String request) {
        try (RawHttp http = new RawHttp(chat.port())) {
            http.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return http.read();
        }
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @CsvSource({
        "POST, /api/uploads, ann, 400",
        "POST, /api/uploads, '', 400",
        "GET, /api/uploads, ann, 405",
        "GET, PATH, ann, 200",
        "GET, PATH, bob, 404",
        "GET, PATH, '', 401",
        "PATCH, PATH, ann, 415",
        "PUT, PATH, ann, 400",
        "PUT, PATH, bob, 404",
        "POST, PATH, ann, 405",
        "DELETE, PATH, bob, 404",
        "DELETE, PATH, ann, 204",
        "GET, /api/uploads/unknown, ann, 404",
        "GET, /api/uploads/not.an.id, ann, 400",
    })
    void each_answer_has_the_version_and_pages_may_read_it(String method, String target, String user, int status) {
        Response answer = chat.request(
                method,
                target.equals("PATH") ? chat.create(9) : target,
                "",
                user.isEmpty() ? "X: 1" : bearer(user),
                "Origin: " + FileHarness.ORIGIN);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("tus-resumable", "1.0.0");
        assertThat(answer.headers().get("access-control-expose-headers")).contains("tus-resumable", "upload-offset");
    }

    @ParameterizedTest
    @CsvSource({"PATCH, 204, 3", "DELETE, 204, 0", "HEAD, 405, 0", "GET, 405, 0", "PUT, 405, 0", "patch, 405, 0"})
    void client_that_can_only_post_states_the_method_in_a_header(String method, int status, long size) {
        String path = chat.create(9);
        assertThat(exchange(override(path, method)).status()).isEqualTo(status);
        assertThat(store.size(path.substring(path.lastIndexOf('/') + 1))).isEqualTo(size);
        assertThat(chat.head(path).status()).isEqualTo(method.equals("DELETE") ? 404 : 200);
    }

    @Test
    void method_that_is_stated_twice_is_refused() {
        String twice = override(chat.create(9), "PATCH").replace(BYTES, BYTES + "\r\nX-HTTP-Method-Override: DELETE");
        assertThat(exchange(twice).status()).isEqualTo(400);
    }

    @Test
    void method_in_a_header_has_no_effect_on_other_paths() {
        Response answer = chat.request(
                "POST",
                "/api/conversations/g/messages",
                "{\"content\":\"Hello\"}",
                bearer("ann"),
                "Content-Type: application/json",
                "X-HTTP-Method-Override: DELETE");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void head_repeats_the_metadata() {
        String path = chat.create(9, "Übersicht.pdf", "application/pdf");
        assertThat(chat.head(path).headers())
                .containsEntry(
                        "upload-metadata",
                        FileHarness.metadata("Übersicht.pdf", "application/pdf")
                                .substring("Upload-Metadata: ".length()));
    }

    @Test
    void links_in_answers_are_signed() {
        String path = chat.create(3);
        String stored = FileHarness.link(chat.request("PUT", path, "abc", bearer("ann")));
        String read = FileHarness.link(chat.request("GET", path, "", bearer("ann")));
        chat.send(path);
        assertThat(chat.request("GET", stored, "").body()).isEqualTo("abc");
        assertThat(chat.request("GET", read, "").body()).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"3, abc", "3, abcdefg", "3, ''", "6, abc", "6, abcdefg", "6, ''"})
    void put_of_another_length_replaces_nothing(int stored, String body) {
        String path = chat.create(6);
        chat.patch(path, 0, "uvwxyz".substring(0, stored));
        assertThat(chat.request("PUT", path, body, bearer("ann")).status()).isEqualTo(400);
        assertThat(chat.head(path).headers()).containsEntry("upload-offset", String.valueOf(stored));
        assertThat(chat.request("PUT", path, "abcdef", bearer("ann")).status()).isEqualTo(200);
    }
}
