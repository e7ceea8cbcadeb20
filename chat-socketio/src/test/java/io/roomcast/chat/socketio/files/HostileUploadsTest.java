package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static io.roomcast.chat.socketio.files.FileHarness.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile clients try with uploads. Each attack is a row. */
class HostileUploadsTest {
    private static final String TUS = "Tus-Resumable: 1.0.0";
    private static final int CLIENTS = 8;

    private static final AttachmentStore STORE = AttachmentStore.inMemory();
    private static final FileHarness CHAT =
            new FileHarness(STORE, limits -> limits.uploadsPerUser(1_000).fileTransfers(2 * CLIENTS));

    @AfterAll
    static void close() {
        CHAT.close();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String content(String path) {
        ByteBuffer bytes = ByteBuffer.allocate((int) STORE.size(id(path)));
        try (ReadableByteChannel channel = STORE.read(id(path), 0, bytes.capacity())) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads all.
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    /** Sends a request as it is; returns the status of the answer. */
    private static int status(String request) {
        try (RawHttp http = new RawHttp(CHAT.port())) {
            http.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return http.head().status();
        }
    }

    /** Does the same for a request that a later one may end; returns 0 then. */
    private static int statusUnlessEnded(String request) {
        try {
            return status(request);
        } catch (IllegalStateException | UncheckedIOException ended) {
            return 0;
        }
    }

    private static String patch(String path, String... headers) {
        return "PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\n" + bearer("ann") + "\r\n" + TUS
                + "\r\nContent-Type: application/offset+octet-stream\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "+4",
                "-0",
                "0x4",
                "4e0",
                "4.0",
                "four",
                "4, 4",
                "4\r\nContent-Length: 4",
                "4\r\nContent-Length: 5",
                "99999999999999999999",
                "9223372036854775807",
                "200000001",
                "4\r\nTransfer-Encoding: chunked",
                "\t4"
            })
    void body_of_a_doubtful_length_stores_nothing(String length) {
        String path = CHAT.create(4);
        int status = status(patch(path, "Upload-Offset: 0", "Content-Length: " + length) + "abcd");
        assertThat(status).isIn(400, 413);
        assertThat(STORE.size(id(path))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, chunked",
                "chunked, chunked",
                "identity",
                "deflate",
                "xchunked",
                "chunked\r\nTransfer-Encoding: chunked"
            })
    void body_of_a_doubtful_coding_stores_nothing(String coding) {
        String path = CHAT.create(4);
        int status = status(patch(path, "Upload-Offset: 0", "Transfer-Encoding: " + coding) + "4\r\nabcd\r\n0\r\n\r\n");
        assertThat(status).isEqualTo(400);
        assertThat(STORE.size(id(path))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4\r\nabcd\r\n0\r\n\r\n",
                "0x4\r\nabcd\r\n0\r\n\r\n",
                "fffffffffffffff4\r\nabcd\r\n0\r\n\r\n",
                "7fffffff\r\nabcd\r\n0\r\n\r\n",
                "\r\nabcd\r\n0\r\n\r\n",
                " 4\r\nabcd\r\n0\r\n\r\n",
                "4\nabcd\n0\n\n",
                "zz\r\nabcd\r\n0\r\n\r\n"
            })
    void malformed_chunk_stores_nothing(String body) {
        String path = CHAT.create(4);
        int status = status(patch(path, "Upload-Offset: 0", "Transfer-Encoding: chunked") + body);
        assertThat(status).isIn(400, 413);
        assertThat(STORE.size(id(path))).isZero();
    }

    @Test
    void chunk_that_ends_wrongly_ends_the_connection_and_no_byte_follows_the_first_four() {
        String path = CHAT.create(9);
        String smuggled = "PATCH " + path + " HTTP/1.1\r\nX: y\r\n\r\n";
        int status = status(
                patch(path, "Upload-Offset: 0", "Transfer-Encoding: chunked") + "4\r\nabcdefg\r\n0\r\n\r\n" + smuggled);
        assertThat(status).isEqualTo(400);
        assertThat(CHAT.head(path).status()).isEqualTo(200);
        assertThat(content(path)).isIn("", "abcd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: 1",
                "Upload-Offset:",
                "Upload-Offset: -1",
                "Upload-Offset: +0",
                "Upload-Offset: 0x0",
                "Upload-Offset: 0e0",
                "Upload-Offset: 0, 0",
                "Upload-Offset: 0\r\nUpload-Offset: 0",
                "Upload-Offset: 0\r\nUpload-Offset: 2",
                "Upload-Offset: 99999999999999999999"
            })
    void body_of_a_doubtful_offset_stores_nothing(String offset) {
        String path = CHAT.create(4);
        assertThat(status(patch(path, offset, "Content-Length: 4") + "abcd")).isEqualTo(400);
        assertThat(STORE.size(id(path))).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            -1                   | fileSize
            1.5                  | fileSize
            "4"                  | fileSize
            null                 | fileSize
            [4]                  | fileSize
            9007199254740993     | fileSize
            1e400                |
            99999999999999999999 | fileSize
            """)
    void size_that_is_no_number_of_bytes_is_refused(String size, String field) {
        Response refused = CHAT.request(
                "POST",
                "/api/events/startUpload",
                "{\"conversationId\":\"g\",\"fileName\":\"a\",\"fileSize\":" + size + "}",
                bearer("ann"),
                "Content-Type: application/json");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains(field == null ? "" : "\"field\":\"" + field + "\"");
    }

    @Test
    void size_above_the_limit_is_refused_by_both_ways_to_begin() {
        Response byTus = CHAT.request(
                "POST", "/api/uploads", "", bearer("ann"), TUS, "Upload-Length: 200000001", metadata("a", ""));
        assertThat(byTus.status()).isEqualTo(413);
        assertThat(byTus.body()).contains("file_too_large");
        Response byEvent = CHAT.request(
                "POST",
                "/api/events/startUpload",
                "{\"conversationId\":\"g\",\"fileName\":\"a\",\"fileSize\":200000001}",
                bearer("ann"),
                "Content-Type: application/json");
        assertThat(byEvent.body()).contains("file_too_large");
    }

    @Test
    void longer_body_than_stated_is_cut_where_the_file_ends() {
        String path = CHAT.create(4);
        String rest = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawHttp http = new RawHttp(CHAT.port())) {
            http.write((patch(path, "Upload-Offset: 0", "Content-Length: 4") + "abcd" + rest)
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.read().status()).isEqualTo(204);
        }
        assertThat(content(path)).isEqualTo("abcd");
    }

    @Test
    void shorter_body_than_stated_leaves_the_upload_open() {
        String path = CHAT.create(4);
        try (RawHttp http = new RawHttp(CHAT.port())) {
            http.write((patch(path, "Upload-Offset: 0", "Content-Length: 4") + "ab")
                    .getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> STORE.size(id(path)) == 2);
        }
        assertThat(CHAT.send(path).status()).isEqualTo(400);
        assertThat(CHAT.patch(path, 2, "cd").status()).isEqualTo(204);
    }

    @Test
    void replayed_request_changes_nothing() {
        String path = CHAT.create(6);
        assertThat(CHAT.patch(path, 0, "abc").status()).isEqualTo(204);
        assertThat(CHAT.patch(path, 3, "def").status()).isEqualTo(204);
        for (int offset : new int[] {0, 3}) {
            assertThat(CHAT.patch(path, offset, "xyz").status()).isIn(400, 409);
        }
        assertThat(content(path)).isEqualTo("abcdef");
    }

    @Test
    void requests_at_the_same_time_never_mix_their_bytes() throws Exception {
        int size = 400_000;
        String path = CHAT.create(size);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String body = String.valueOf((char) ('a' + client)).repeat(size);
                String head = patch(path, "Upload-Offset: 0", "Content-Length: " + size);
                all.add(clients.submit(() -> statusUnlessEnded(head + body)));
            }
            for (Future<Integer> one : all) {
                // One may succeed. Others come too late, or are ended by a later one.
                assertThat(one.get()).isIn(0, 204, 400, 409);
            }
        } finally {
            clients.shutdownNow();
        }
        int stored = Integer.parseInt(CHAT.head(path).headers().get("upload-offset"));
        String content = content(path);
        assertThat(content).hasSize(stored);
        assertThat(content.chars().distinct().count()).isLessThanOrEqualTo(1);
    }

    @Test
    void compressed_body_is_stored_as_it_is() {
        String path = CHAT.create(4, "a.gz", "application/gzip");
        int status = status(
                patch(path, "Upload-Offset: 0", "Content-Encoding: gzip", "Content-Length: 4") + "\u001f\u008b\b\0");
        assertThat(status).isEqualTo(204);
        String link = FileHarness.link(CHAT.send(path));
        Response file = CHAT.request("GET", link, "", "Accept-Encoding: gzip, br");
        assertThat(file.headers()).doesNotContainKey("content-encoding").containsEntry("content-length", "4");
        assertThat(content(path)).isEqualTo("\u001f\u008b\b\0");
    }

    /** Names that the two ways to begin an upload refuse. */
    static Stream<Arguments> deceivingNames() {
        return Stream.of(
                argumentSet("path", "../../etc/passwd"),
                argumentSet("absolute path", "/etc/passwd"),
                argumentSet("path of Windows", "..\\..\\boot.ini"),
                argumentSet("zero", "a\0.png"),
                argumentSet("line feed", "a\nb"),
                argumentSet("new header", "a\r\nSet-Cookie: x=1"),
                argumentSet("tab", "a\tb"),
                argumentSet("escape", "a\u001b[2J"),
                argumentSet("delete", "a\u007fb"),
                argumentSet("control of Latin 1", "a\u0085b"),
                argumentSet("line separator", "a\u2028b"),
                argumentSet("right to left override", "a\u202egnp.exe"),
                argumentSet("isolate", "a\u2066b\u2069"),
                argumentSet("zero width space", "a\u200bb"),
                argumentSet("byte order mark", "\ufeffa"),
                argumentSet("mark without its letter", "\u0301a"),
                argumentSet("space before", " a.png"),
                argumentSet("space behind", "a.png "),
                argumentSet("nothing", ""),
                argumentSet("too long", "a".repeat(2_000)));
    }

    @ParameterizedTest
    @MethodSource("deceivingNames")
    void name_that_could_deceive_is_refused(String name) {
        Response byTus = CHAT.request(
                "POST", "/api/uploads", "", bearer("ann"), TUS, "Upload-Length: 1", metadata(name, "text/plain"));
        Response byEvent = begin(escaped(name));
        for (Response refused : List.of(byTus, byEvent)) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("\"field\":\"fileName\"");
        }
    }

    private static Response begin(String escapedName) {
        return CHAT.request(
                "POST",
                "/api/events/startUpload",
                "{\"conversationId\":\"g\",\"fileName\":\"" + escapedName + "\",\"fileSize\":1}",
                bearer("ann"),
                "Content-Type: application/json");
    }

    private static String escaped(String text) {
        return text.chars().mapToObj(unit -> String.format("\\u%04x", unit)).collect(Collectors.joining());
    }

    @Test
    void name_that_is_no_text_is_refused() {
        assertThat(begin("a\\ud83d").status()).isEqualTo(400);
        Response refused = CHAT.request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                TUS,
                "Upload-Length: 1",
                "Upload-Metadata: conversationId Zw==,filename gICA");
        assertThat(refused.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png\r\nX: y", "text", "<script>", "image/png\u202e", "a/b; c=\"d\0\""})
    void type_that_is_none_is_refused(String type) {
        Response refused =
                CHAT.request("POST", "/api/uploads", "", bearer("ann"), TUS, "Upload-Length: 1", metadata("a", type));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("\"field\":\"mimeType\"");
    }

    @ParameterizedTest
    @CsvSource({
        "private, 403",
        "unknown, 403",
        "'', 400",
    })
    void upload_to_a_conversation_of_others_is_refused(String conversationId, int status) {
        Response refused = CHAT.request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                TUS,
                "Upload-Length: 1",
                "Upload-Metadata: conversationId " + FileHarness.base64(conversationId) + ",filename YQ==");
        assertThat(refused.status()).isEqualTo(status);
    }

    /** Requests that stall keep their transfers until their clients end. */
    @Test
    void more_transfers_than_permitted_are_refused_until_one_ends() {
        List<RawHttp> stalled = new ArrayList<>();
        String refused = CHAT.create(4);
        String sent = CHAT.sent("a.txt", "text/plain", "abc");
        try {
            for (int i = 0; i < 2 * CLIENTS; i++) {
                String path = CHAT.create(9);
                RawHttp http = new RawHttp(CHAT.port());
                stalled.add(http);
                http.write((patch(path, "Upload-Offset: 0", "Content-Length: 9") + "abc")
                        .getBytes(StandardCharsets.ISO_8859_1));
                await().until(() -> STORE.size(id(path)) == 3);
            }
            Response full = CHAT.patch(refused, 0, "abcd");
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.headers()).containsKey("retry-after");
            assertThat(full.body()).contains("\"code\":\"unavailable\"");
            assertThat(CHAT.request("GET", sent, "").status()).isEqualTo(503);
            assertThat(CHAT.request("GET", "/health/ready", "").status()).isEqualTo(200);
        } finally {
            stalled.forEach(RawHttp::close);
        }
        await().until(() -> CHAT.patch(refused, 0, "abcd").status() == 204);
        await().until(() -> CHAT.request("GET", sent, "").status() == 200);
    }

    @Test
    void requests_that_break_off_keep_no_transfer() {
        String path = CHAT.create(1_000);
        for (int i = 0; i < 10 * CLIENTS; i++) {
            try (RawHttp http = new RawHttp(CHAT.port())) {
                http.write((patch(path, "Upload-Offset: " + i, "Content-Length: " + (1_000 - i)) + "x")
                        .getBytes(StandardCharsets.ISO_8859_1));
                long end = i + 1;
                await().until(() -> STORE.size(id(path)) == end);
            }
        }
        await().until(() -> CHAT.patch(path, 10 * CLIENTS, "x").status() == 204);
    }
}
