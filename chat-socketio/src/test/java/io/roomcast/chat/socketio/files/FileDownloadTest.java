package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are sent to users. */
class FileDownloadTest {
    private static final String PNG = "\u0089PNG\r\n\u001a\n rest of the image";
    private static final String TEXT = "0123456789";

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final FileHarness chat = new FileHarness(store);

    @AfterEach
    void close() {
        chat.close();
    }

    private static String bare(String link) {
        return link.substring(0, link.indexOf('?'));
    }

    @Test
    void link_in_a_message_works_without_a_token() {
        String link = chat.sent("a b.png", "image/png", PNG);
        assertThat(link).matches("/api/files/[A-Za-z0-9_-]{22}\\?e=\\d+&s=[A-Za-z0-9_-]{43}");
        Response file = chat.request("GET", link, "", "Sec-Fetch-Site: cross-site");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.headers())
                .containsEntry("content-type", "image/png")
                .containsEntry("content-disposition", "inline; filename=\"a b.png\"; filename*=UTF-8''a%20b.png")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-security-policy", "sandbox; default-src 'none'")
                .containsEntry("cross-origin-resource-policy", "cross-origin")
                .containsEntry("referrer-policy", "no-referrer");
        assertThat(file.body()).endsWith("rest of the image");
    }

    @Test
    void members_read_the_file_by_their_token() {
        String path = bare(chat.sent("a.txt", "text/plain", TEXT));
        assertThat(chat.request("GET", path, "", bearer("bob")).body()).isEqualTo(TEXT);
        assertThat(chat.request("GET", path, "", bearer("eve")).status()).isEqualTo(403);
        assertThat(chat.request("GET", path, "").status()).isEqualTo(401);
    }

    @Test
    void changed_links_are_refused() {
        String link = chat.sent("a.txt", "text/plain", TEXT);
        String other = chat.sent("b.txt", "text/plain", TEXT);
        assertThat(chat.request("GET", bare(other) + link.substring(link.indexOf('?')), "")
                        .status())
                .isEqualTo(403);
        assertThat(chat.request("GET", link.replace("e=1", "e=2"), "").status()).isEqualTo(403);
        assertThat(chat.request("GET", link.replaceAll("e=\\d+", "e=1"), "").status())
                .isEqualTo(403);
        assertThat(chat.request("GET", link.replaceAll("s=..", "s=__"), "").status())
                .isEqualTo(403);
        assertThat(chat.request("GET", link + "&s=x", "").status()).isEqualTo(403);
        assertThat(chat.request("GET", "/api/files/AAAAAAAAAAAAAAAAAAAAAA", "", bearer("ann"))
                        .status())
                .isEqualTo(404);
        assertThat(chat.request("GET", "/api/files/..%2f..%2fetc%2fpasswd", "", bearer("ann"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void file_that_was_not_sent_cannot_be_read() {
        String path = chat.create(3).replace("uploads", "files");
        assertThat(chat.request("GET", path, "", bearer("ann")).status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({
        "page.html, text/html",
        "page.svg, image/svg+xml",
        "plan.pdf, application/pdf",
        "fake.png, image/png",
        "fake.jpg, image/jpeg",
        "fake.webm, video/webm"
    })
    void file_that_could_have_a_script_is_saved_and_not_shown(String name, String type) {
        String link = chat.sent(name, type, "<html><script>alert(1)</script>");
        assertThat(chat.request("GET", link, "").headers())
                .containsEntry("content-type", "application/octet-stream")
                .hasEntrySatisfying(
                        "content-disposition", value -> assertThat(value).startsWith("attachment; "));
    }

    @Test
    void name_stays_within_its_header() {
        String link = chat.sent("a\"; x=\"Übersicht.txt", "text/plain", TEXT);
        assertThat(chat.request("GET", link, "").headers().get("content-disposition"))
                .isEqualTo("attachment; filename=\"a__ x___bersicht.txt\";"
                        + " filename*=UTF-8''a%22%3B%20x%3D%22%C3%9Cbersicht.txt");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-        | 206 | bytes 0-9/10 | 0123456789
            bytes=2-4       | 206 | bytes 2-4/10 | 234
            bytes=2-99      | 206 | bytes 2-9/10 | 23456789
            bytes=-3        | 206 | bytes 7-9/10 | 789
            bytes=-99       | 206 | bytes 0-9/10 | 0123456789
            bytes=10-       | 416 | bytes */10   |
            bytes=-0        | 416 | bytes */10   |
            bytes=4-2       | 200 |              | 0123456789
            bytes=0-1,3-4   | 200 |              | 0123456789
            lines=0-1       | 200 |              | 0123456789
            bytes=-         | 200 |              | 0123456789
            bytes=9999999999999999999- | 200 |   | 0123456789
            """)
    void range_is_sent(String range, int status, String sent, String body) {
        String link = chat.sent("a.txt", "text/plain", TEXT);
        Response part = chat.request("GET", link, "", "Range: " + range);
        assertThat(part.status()).isEqualTo(status);
        assertThat(part.headers().get("content-range")).isEqualTo(sent);
        assertThat(part.body()).isEqualTo(body == null ? "" : body);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            If-None-Match: TAG                        | 304
            If-None-Match: W/TAG                      | 304
            If-None-Match: "other", TAG               | 304
            If-None-Match: "other" & If-None-Match: TAG | 304
            If-None-Match: *                          | 304
            If-None-Match: TAG & Range: bytes=0-1     | 304
            If-None-Match: "other"                    | 200
            If-Match: TAG                             | 200
            If-Match: *                               | 200
            If-Match: "other"                         | 412
            If-Match: "other" & Range: bytes=0-1      | 412
            If-Range: TAG & Range: bytes=0-1          | 206
            If-Range: "other" & Range: bytes=0-1      | 200
            If-Range: W/TAG & Range: bytes=0-1        | 200
            """)
    void condition_is_that_of_the_files_tag(String headers, int status) {
        String link = chat.sent("a.txt", "text/plain", TEXT);
        Response whole = chat.request("GET", link, "");
        String tag = whole.headers().get("etag");
        Response answer =
                chat.request("GET", link, "", headers.replace("TAG", tag).split(" & "));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(status == 200 ? TEXT : status == 206 ? "01" : "");
        // A cache would take a length for that of the file.
        assertThat(answer.headers().containsKey("content-length")).isEqualTo(status != 304);
    }

    @Test
    void connection_serves_the_next_request_after_a_file() {
        String link = chat.sent("a.txt", "text/plain", TEXT);
        try (RawHttp http = new RawHttp(chat.port())) {
            assertThat(http.exchange("GET", link, "").body()).isEqualTo(TEXT);
            http.send("HEAD", link, "");
            Response head = http.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("content-length", "10");
            assertThat(http.exchange("GET", link, "", "Range: bytes=1-2").body())
                    .isEqualTo("12");
            assertThat(http.exchange("GET", "/health/live", "").status()).isEqualTo(200);
        }
    }

    @Test
    void file_of_many_parts_arrives_whole() {
        String bytes = "0123456789abcdef".repeat(20_000);
        String link = chat.sent("a.txt", "text/plain", bytes);
        assertThat(chat.request("GET", link, "").body()).isEqualTo(bytes);
        assertThat(chat.request("GET", link, "", "Range: bytes=65535-131073").body())
                .isEqualTo(bytes.substring(65_535, 131_074));
    }

    @Test
    void file_is_gone_with_its_message() {
        String path = chat.create(10, "a.txt", "text/plain");
        chat.patch(path, 0, TEXT);
        Response sent = chat.send(path);
        String link = FileHarness.link(sent);
        String messageId = sent.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(chat.request("GET", link, "").status()).isEqualTo(200);
        Response deleted = chat.request(
                "POST",
                "/api/events/deleteMessage",
                "{\"conversationId\":\"g\",\"messageId\":\"" + messageId + "\"}",
                bearer("ann"),
                "Content-Type: application/json");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(chat.request("GET", link, "").status()).isEqualTo(404);
    }

    @Test
    void other_methods_are_refused() {
        String link = chat.sent("a.txt", "text/plain", TEXT);
        assertThat(chat.request("POST", link, "").status()).isEqualTo(405);
        assertThat(chat.request("DELETE", link, "").status()).isEqualTo(405);
    }
}
