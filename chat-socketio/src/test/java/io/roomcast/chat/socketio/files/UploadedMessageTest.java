package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.base64;
import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads whose messages the server sends. */
class UploadedMessageTest {
    private static final String TUS = "Tus-Resumable: 1.0.0";

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final FileHarness chat = new FileHarness(store);

    @AfterEach
    void close() {
        chat.close();
    }

    private Response begin(String message) {
        return chat.request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                TUS,
                "Upload-Length: 6",
                FileHarness.metadata("cat.png", "image/png") + ",message " + base64(message));
    }

    private String path(String message) {
        return begin(message).headers().get("location");
    }

    private String messages() {
        return chat.request("GET", "/api/conversations/g/messages", "", bearer("bob"))
                .body();
    }

    private String state(String path) {
        return chat.request("GET", path, "", bearer("ann")).body();
    }

    @Test
    void message_is_sent_with_the_last_bytes() {
        String path = path("""
                {"content": "look", "clientMessageId": "key", "metadata": {"a": 1},
                 "attachments": [{"width": 640, "height": 480}]}""");
        chat.patch(path, 0, "abc");
        assertThat(messages()).contains("\"messages\":[]");
        assertThat(chat.patch(path, 3, "def").status()).isEqualTo(204);
        assertThat(messages())
                .contains("\"content\":\"look\"", "\"clientMessageId\":\"key\"", "\"type\":\"image\"")
                .contains("\"metadata\":{\"a\":1}", "\"width\":640", "\"fileName\":\"cat.png\"", "\"fileSize\":6");
        assertThat(state(path)).contains("\"status\":\"sent\"", "\"messageId\":\"", "\"offset\":6");
        String link = FileHarness.link(chat.request("GET", "/api/conversations/g/messages", "", bearer("bob")));
        assertThat(chat.request("GET", link, "").body()).isEqualTo("abcdef");
    }

    @Test
    void client_that_repeats_the_last_request_sends_no_second_message() {
        String path = path("{}");
        chat.patch(path, 0, "abcdef");
        assertThat(chat.patch(path, 6, "").status()).isEqualTo(204);
        assertThat(chat.patch(path, 0, "abcdef").status()).isEqualTo(409);
        Response head = chat.head(path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("upload-offset", "6").containsEntry("upload-length", "6");
        assertThat(messages().split("\"clientMessageId\"")).hasSize(2);
    }

    @Test
    void upload_is_forgotten_ten_minutes_after_its_message_was_sent() {
        String path = path("{}");
        chat.patch(path, 0, "abcdef");
        StoredFile sent = store.find(path.substring(path.lastIndexOf('/') + 1)).orElseThrow();
        Instant earlier = sent.state().since().minus(Duration.ofMinutes(11));
        store.update(sent, sent.at(sent.state().at(UploadState.Status.SENT, earlier)));
        assertThat(chat.head(path).status()).isEqualTo(410);
        assertThat(state(path)).contains("\"status\":\"sent\"");
    }

    @Test
    void whole_file_in_one_request_is_sent() {
        String path = path("{}");
        Response stored = chat.request("PUT", path, "abcdef", bearer("ann"));
        assertThat(stored.status()).isEqualTo(200);
        assertThat(stored.body()).contains("\"status\":\"sent\"");
        assertThat(chat.request("PUT", path, "ghijkl", bearer("ann")).status()).isEqualTo(409);
        assertThat(messages().split("\"clientMessageId\"")).hasSize(2);
    }

    @Test
    void message_that_is_refused_is_the_answer_to_the_last_bytes() {
        String path = path("{\"replyTo\": \"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}");
        Response refused = chat.patch(path, 0, "abcdef");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).contains("\"code\":\"message_not_found\"");
        assertThat(chat.patch(path, 0, "abcdef").status()).isEqualTo(404);
        assertThat(chat.head(path).status()).isEqualTo(404);
        assertThat(state(path)).contains("\"status\":\"rejected\"", "\"code\":\"message_not_found\"");
        assertThat(messages()).contains("\"messages\":[]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            text                             | message
            []                               | message
            {"content": 7}                   | content
            {"type": "system"}               | type
            {"metadata": "x"}                | metadata
            {"clientMessageId": "a b"}       | clientMessageId
            {"attachments": [7]}             | attachments
            {"expiresInMs": 1}               | expiresInMs
            {"content": "a", "content": "b"} | message
            """)
    void malformed_message_is_refused_when_the_upload_begins(String message, String field) {
        Response refused = begin(message);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("\"field\":\"" + field);
        assertThat(store.list("", 10)).isEmpty();
    }

    @Test
    void request_with_too_few_bytes_does_not_permit_more_transfers() {
        try (FileHarness two = new FileHarness(AttachmentStore.inMemory(), limits -> limits.fileTransfers(2))) {
            String path = two.create(6);
            for (int i = 0; i < 5; i++) {
                assertThat(two.request("PUT", path, "abc", bearer("ann")).status())
                        .isEqualTo(400);
            }
            try (RawHttp first = new RawHttp(two.port());
                    RawHttp second = new RawHttp(two.port())) {
                List.of(first, second).forEach(http -> {
                    http.write(FileHarness.patch(two.create(6), 0, 6));
                    http.write("abc".getBytes(StandardCharsets.US_ASCII));
                });
                await().until(() -> two.request("GET", path, "", bearer("ann")).status() == 503);
            }
        }
    }
}
