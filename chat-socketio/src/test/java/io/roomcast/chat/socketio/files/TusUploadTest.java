package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.base64;
import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static io.roomcast.chat.socketio.files.FileHarness.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads by the tus protocol and by PUT. */
class TusUploadTest {
    private static final String TUS = "Tus-Resumable: 1.0.0";

    private static final int REQUESTS = 8;

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final FileHarness chat = new FileHarness(store);

    @AfterEach
    void close() {
        chat.close();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void upload_continues_where_it_ended() {
        String path = chat.create(9);
        assertThat(path).matches("/api/uploads/[A-Za-z0-9_-]{22}");
        Response first = chat.patch(path, 0, "abc");
        assertThat(first.status()).isEqualTo(204);
        assertThat(first.headers())
                .containsEntry("upload-offset", "3")
                .containsEntry("tus-resumable", "1.0.0")
                .containsKey("upload-expires");
        Response head = chat.head(path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers())
                .containsEntry("upload-offset", "3")
                .containsEntry("upload-length", "9")
                .containsEntry("cache-control", "no-store");
        assertThat(chat.patch(path, 3, "defghi").headers()).containsEntry("upload-offset", "9");
        assertThat(chat.request("GET", path, "", bearer("ann")).body())
                .contains("\"offset\":9")
                .contains("\"fileName\":\"plan.pdf\"");
    }

    @Test
    void each_answer_says_when_an_upload_expires_after_its_last_bytes() {
        Instant begin = Instant.now().minus(Duration.ofHours(5));
        StoredFile file = new StoredFile("AAAAAAAAAAAAAAAAAAAAAA", "g", "ann", "a.bin", 9, "a/b", null, begin, null);
        store.create(file);
        String path = "/api/uploads/" + file.id();
        assertThat(expiry(chat.head(path)))
                .isEqualTo(begin.plus(Duration.ofHours(24)).truncatedTo(ChronoUnit.SECONDS));
        Instant expiry = expiry(chat.patch(path, 0, "abc"));
        assertThat(expiry)
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
        assertThat(expiry(chat.head(path))).isEqualTo(expiry);
        assertThat(chat.request("GET", path, "", bearer("ann")).body())
                .contains("\"expiresAt\":\"" + expiry.toString().substring(0, 19));
    }

    private static Instant expiry(Response response) {
        String text = String.valueOf(response.headers().get("upload-expires"));
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    @Test
    void concurrent_requests_with_one_key_begin_one_upload() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<Future<String>> begun = clients.invokeAll(Collections.nCopies(REQUESTS, this::beginWithKey));
            Set<String> ids = new HashSet<>();
            for (Future<String> id : begun) {
                ids.add(id.get());
            }
            assertThat(ids).hasSize(1);
            assertThat(store.list("", 10)).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Begins an upload by POST of tus, and by the event. */
    private String beginWithKey() {
        Response created = chat.request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                "Tus-Resumable: 1.0.0",
                "Upload-Length: 9",
                metadata("a.bin", "a/b") + ",clientUploadId " + base64("my key"));
        Response started = chat.request(
                "POST",
                "/api/events/startUpload",
                "{\"conversationId\":\"g\",\"fileName\":\"a.bin\",\"fileSize\":9,\"clientUploadId\":\"my key\"}",
                bearer("ann"),
                "Content-Type: application/json");
        String id = id(String.valueOf(created.headers().get("location")));
        assertThat(started.body()).contains("\"uploadId\":\"" + id + "\"");
        return id;
    }

    @ParameterizedTest
    @CsvSource({"0, 409", "2, 409", "4, 409", "9, 409", "10, 409", "99999, 409"})
    void bytes_at_another_offset_are_refused(long offset, int status) {
        String path = chat.create(9);
        chat.patch(path, 0, "abc");
        assertThat(chat.patch(path, offset, "x").status()).isEqualTo(status);
        assertThat(store.size(id(path))).isEqualTo(3);
    }

    @Test
    void file_is_never_longer_than_stated() {
        String path = chat.create(4);
        assertThat(chat.patch(path, 0, "abcde").status()).isEqualTo(400);
        assertThat(store.size(id(path))).isZero();
        try (RawHttp http = new RawHttp(chat.port())) {
            http.write(new String(FileHarness.patch(path, 0, 1), StandardCharsets.ISO_8859_1)
                    .replace("Content-Length: 1", "Transfer-Encoding: chunked")
                    .getBytes(StandardCharsets.ISO_8859_1));
            http.write("3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.read().status()).isEqualTo(400);
        }
        assertThat(store.size(id(path))).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Upload-Length: 5                           | 400 | conversationId
        X: 1                                       | 400 | upload-length
        Upload-Length: -1                          | 400 | upload-length
        Upload-Length: 1e3                         | 400 | upload-length
        Upload-Length: 99999999999999999999        | 400 | upload-length
        Upload-Length: 5\\nUpload-Length: 5        | 400 | upload-length
        Upload-Length: 5\\nUpload-Metadata: a !!   | 400 | upload-metadata
        Upload-Length: 5\\nUpload-Metadata: a YQ==,a YQ== | 400 | upload-metadata
        """)
    void malformed_creation_is_refused(String headers, int status, String field) {
        Response refused = chat.request(
                "POST", "/api/uploads", "", (bearer("ann") + "\\n" + TUS + "\\n" + headers).split("\\\\n"));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void another_version_is_refused_with_that_of_the_server() {
        Response refused = chat.request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                "Tus-Resumable: 0.2.2",
                "Upload-Length: 1",
                metadata("a", ""));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.headers()).containsEntry("tus-version", "1.0.0");
    }

    @Test
    void options_describe_the_server() {
        Response options = chat.request("OPTIONS", "/api/uploads", "");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers())
                .containsEntry("tus-version", "1.0.0")
                .containsEntry("tus-extension", "creation,termination,expiration")
                .containsEntry("tus-max-size", "200000000");
        assertThat(chat.request("OPTIONS", "/api/conversations", "").headers()).doesNotContainKey("tus-version");
    }

    @Test
    void page_of_an_allowed_origin_may_upload() {
        Response preflight = chat.request(
                "OPTIONS",
                "/api/uploads/abc",
                "",
                "Origin: " + FileHarness.ORIGIN,
                "Access-Control-Request-Method: PATCH",
                "Access-Control-Request-Headers: authorization, tus-resumable, upload-offset, content-type");
        assertThat(preflight.headers().get("access-control-allow-methods")).contains("PATCH", "HEAD", "DELETE", "PUT");
        assertThat(preflight.headers().get("access-control-allow-headers")).contains("upload-offset");
        Response created = chat.request(
                "POST",
                "/api/uploads",
                "",
                "Origin: " + FileHarness.ORIGIN,
                bearer("ann"),
                TUS,
                "Upload-Length: 1",
                metadata("a.txt", "text/plain"));
        assertThat(created.headers().get("access-control-expose-headers")).contains("location", "upload-offset");
        assertThat(chat.request("POST", "/api/uploads", "", "Origin: https://evil.example.com", TUS)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"bob, 404", "eve, 404", "'', 401"})
    void only_the_owner_continues_and_cancels(String user, int status) {
        String path = chat.create(9);
        String token = user.isEmpty() ? "X: 1" : bearer(user);
        for (String method : new String[] {"GET", "DELETE", "PUT"}) {
            assertThat(chat.request(method, path, "", token).status())
                    .as(method)
                    .isEqualTo(status);
        }
        try (RawHttp http = new RawHttp(chat.port())) {
            http.write(new String(FileHarness.patch(path, 0, 3), StandardCharsets.ISO_8859_1)
                    .replace(bearer("ann"), token)
                    .getBytes(StandardCharsets.ISO_8859_1));
            http.write("abc".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.read().status()).isEqualTo(status);
        }
        assertThat(store.size(id(path))).isZero();
    }

    @Test
    void cancelled_upload_is_gone() {
        String path = chat.create(9);
        assertThat(chat.request("DELETE", path, "", bearer("ann"), TUS).status())
                .isEqualTo(204);
        assertThat(chat.head(path).status()).isEqualTo(404);
        assertThat(chat.patch(path, 0, "abc").status()).isEqualTo(404);
    }

    @Test
    void body_of_another_type_is_refused() {
        String path = chat.create(3);
        Response refused = chat.request("PATCH", path, "abc", bearer("ann"), TUS, "Upload-Offset: 0");
        assertThat(refused.status()).isEqualTo(415);
    }

    @Test
    void whole_file_is_uploaded_by_one_request_also_again() {
        String path = chat.create(6);
        chat.patch(path, 0, "xyz");
        for (String bytes : new String[] {"abcdef", "ghijkl"}) {
            Response stored = chat.request("PUT", path, bytes, bearer("ann"));
            assertThat(stored.status()).isEqualTo(200);
            assertThat(stored.body()).contains("\"offset\":6").contains("\"fileUrl\":\"/api/files/");
        }
        assertThat(chat.request("PUT", path, "abc", bearer("ann")).status()).isEqualTo(400);
        assertThat(chat.request("PUT", path, "abcdefg", bearer("ann")).status()).isEqualTo(400);
    }

    @Test
    void client_that_waits_for_permission_receives_it_only_if_it_may_upload() {
        String path = chat.create(3);
        String put = "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n";
        try (RawHttp http = new RawHttp(chat.port())) {
            http.write((put + bearer("bob") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.read().status()).isEqualTo(404);
        }
        try (RawHttp http = new RawHttp(chat.port())) {
            http.write((put + bearer("ann") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.head().status()).isEqualTo(100);
            http.write("abc".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.read().status()).isEqualTo(200);
        }
    }

    @Test
    void later_request_ends_an_earlier_one_and_knows_its_last_bytes() {
        String path = chat.create(1_000_000);
        try (RawHttp stalled = new RawHttp(chat.port())) {
            stalled.write(FileHarness.patch(path, 0, 1_000_000));
            stalled.write(new byte[300_000]);
            await().until(() -> store.size(id(path)) == 300_000);
            assertThat(chat.request("GET", path, "", bearer("ann")).body()).contains("\"offset\":300000");
            stalled.write(new byte[1]);
            await().until(() -> store.size(id(path)) == 300_001);
            Response head = chat.head(path);
            assertThat(head.headers()).containsEntry("upload-offset", "300001");
            assertThat(stalled.isClosedByServer()).isTrue();
        }
        assertThat(chat.patch(path, 300_001, "x".repeat(699_999)).status()).isEqualTo(204);
    }

    @Test
    void lost_connection_keeps_what_arrived() {
        String path = chat.create(1_000_000);
        try (RawHttp lost = new RawHttp(chat.port())) {
            lost.write(FileHarness.patch(path, 0, 1_000_000));
            lost.write(new byte[200_000]);
            await().until(() -> store.size(id(path)) == 200_000);
        }
        assertThat(chat.head(path).headers()).containsEntry("upload-offset", "200000");
    }

    @Test
    void sent_file_never_changes() {
        String path = chat.create(3);
        chat.patch(path, 0, "abc");
        assertThat(chat.send(path).status()).isEqualTo(200);
        assertThat(chat.request("PUT", path, "xyz", bearer("ann")).status()).isEqualTo(409);
        assertThat(chat.request("DELETE", path, "", bearer("ann")).status()).isEqualTo(409);
        assertThat(chat.patch(path, 0, "xyz").status()).isEqualTo(409);
        assertThat(chat.patch(path, 3, "x").status()).isEqualTo(400);
        assertThat(store.size(id(path))).isEqualTo(3);
    }

    @Test
    void empty_file_is_complete_when_it_is_created() {
        String path = chat.create(0);
        assertThat(chat.head(path).headers()).containsEntry("upload-offset", "0");
        assertThat(chat.send(path).status()).isEqualTo(200);
    }

    @Test
    void names_that_could_deceive_are_refused() {
        for (String name : new String[] {"../a", "a/b", "a\\b", "a\nb", "a\u202ecod.exe", ""}) {
            Response refused = chat.request(
                    "POST", "/api/uploads", "", bearer("ann"), TUS, "Upload-Length: 1", metadata(name, "text/plain"));
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.body()).contains("fileName");
        }
    }
}
