package io.roomcast.chat.socketio.files;

import static io.roomcast.chat.socketio.files.FileHarness.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile senders and readers try with the files of messages. Each attack is a row. */
class HostileDownloadsTest {
    private static final String SAVED = "application/octet-stream";
    private static final String SCRIPT = "<script>alert(1)</script>";

    private static final FileHarness CHAT =
            new FileHarness(AttachmentStore.inMemory(), limits -> limits.uploadsPerUser(1_000));

    @AfterAll
    static void close() {
        CHAT.close();
    }

    /** Files with the first bytes of their type, also if a script follows them. */
    static Stream<Arguments> shown() {
        return Stream.of(
                argumentSet("PNG", "image/png", "\u0089PNG\r\n\u001a\n"),
                argumentSet("JPEG", "image/jpeg", "\u00ff\u00d8\u00ff\u00e0"),
                argumentSet("GIF of 1987", "image/gif", "GIF87a"),
                argumentSet("GIF that is JavaScript too", "image/gif", "GIF89a/*" + SCRIPT + "*/=1;alert(1)//"),
                argumentSet("WebP", "image/webp", "RIFF\0\1\2\3WEBPVP8 "),
                argumentSet("AVIF", "image/avif", "\0\0\0\u001cftypavif"),
                argumentSet("AVIF in motion", "image/avif", "\0\0\0\u001cftypavis"),
                argumentSet("MP4", "video/mp4", "\0\0\0\u0018ftypmp42"),
                argumentSet("MP4 of sound", "audio/mp4", "\0\0\0\u0018ftypM4A "),
                argumentSet("MP4 of sound, as Chrome names it", "audio/x-m4a", "\0\0\0\u0018ftypM4A "),
                argumentSet("WebM", "video/webm", "\u001aE\u00df\u00a3"),
                argumentSet("WebM that Chrome records", "audio/webm;codecs=opus", "\u001aE\u00df\u00a3"),
                argumentSet("MP3 with a tag", "audio/mpeg", "ID3\3\0\0"),
                argumentSet("MP3", "audio/mpeg", "\u00ff\u00fb\u0090"),
                argumentSet("MP3 of old programs", "audio/mp3", "ID3\3\0\0"),
                argumentSet("Ogg with pictures", "video/ogg", "OggS\0\2"),
                argumentSet("Ogg", "audio/ogg", "OggS\0\2"),
                argumentSet("WAV", "audio/wav", "RIFF\0\1\2\3WAVEfmt "),
                argumentSet("WAV, as Firefox names it", "audio/x-wav", "RIFF\0\1\2\3WAVEfmt "),
                argumentSet("type in capitals", "IMAGE/PNG; a=b", "\u0089PNG\r\n\u001a\n"));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void file_with_the_first_bytes_of_its_type_is_shown_as_that_type(String type, String begin) {
        String link = CHAT.sent("a", type, begin + SCRIPT);
        Response file = CHAT.request("GET", link, "");
        String shown = type.split(";", 2)[0].toLowerCase(Locale.ROOT);
        assertThat(file.headers()).containsEntry("content-type", shown);
        assertThat(file.headers().get("content-disposition")).startsWith("inline; ");
        assertIsolated(file);
    }

    /** Files that a browser would run or that are not what they claim. */
    static Stream<Arguments> saved() {
        return Stream.of(
                argumentSet("HTML", "text/html", SCRIPT),
                argumentSet("HTML with a charset", "text/html; charset=utf-7", SCRIPT),
                argumentSet("XHTML", "application/xhtml+xml", "<html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT),
                argumentSet("SVG", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + "</svg>"),
                argumentSet("XML with a style sheet", "text/xml", "<?xml-stylesheet href='a' type='text/xsl'?><a/>"),
                argumentSet("PDF with a script", "application/pdf", "%PDF-1.7 /OpenAction /JS (app.alert(1))"),
                argumentSet("JavaScript", "text/javascript", "alert(1)"),
                argumentSet("style sheet", "text/css", "@import 'http://evil.example'"),
                argumentSet("cache manifest", "text/cache-manifest", "CACHE MANIFEST"),
                argumentSet("multipart", "multipart/x-mixed-replace; boundary=a", "--a\r\n"),
                argumentSet("Flash", "application/x-shockwave-flash", "CWS"),
                argumentSet("text", "text/plain", SCRIPT),
                argumentSet("no type", "", SCRIPT),
                argumentSet("HTML as PNG", "image/png", SCRIPT),
                argumentSet("PNG cut short", "image/png", "\u0089PNG"),
                argumentSet("PNG behind a space", "image/png", " \u0089PNG\r\n\u001a\n"),
                argumentSet("almost a GIF", "image/gif", "GIF8" + SCRIPT),
                argumentSet("GIF of another year", "image/gif", "GIF88a"),
                argumentSet("script with the letters of WebP", "image/webp", "<script>WEBP"),
                argumentSet("script with the letters of WAV", "audio/wav", "<script>WAVE"),
                argumentSet("comment with the letters of MP4", "video/mp4", "<!--ftyp--><script>"),
                argumentSet("comment with the letters of AVIF", "image/avif", "<!--ftypavif"),
                argumentSet("PNG as JPEG", "image/jpeg", "\u0089PNG\r\n\u001a\n"),
                argumentSet("WebM as MP4 of sound", "audio/mp4", "\u001aE\u00df\u00a3"),
                argumentSet("GIF as JavaScript", "text/javascript", "GIF89a/**/=1"),
                argumentSet("HEIC", "image/heic", "\0\0\0\u0018ftypheic"),
                argumentSet("nothing", "image/png", ""));
    }

    @ParameterizedTest
    @MethodSource("saved")
    void file_that_a_browser_must_not_show_is_saved(String type, String content) {
        Response file = CHAT.request("GET", CHAT.sent("a", type, content), "");
        assertThat(file.headers()).containsEntry("content-type", SAVED);
        assertThat(file.headers().get("content-disposition")).startsWith("attachment; ");
        assertIsolated(file);
    }

    private static void assertIsolated(Response file) {
        assertThat(file.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("content-security-policy", "sandbox; default-src 'none'")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-resource-policy", "cross-origin")
                .doesNotContainKeys("content-encoding", "set-cookie");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Range: bytes=0-1       | 206
            Range: bytes=99-       | 416
            If-None-Match: "other" | 200
            Accept: text/html      | 200
            """)
    void every_answer_is_isolated(String header, int status) {
        Response file = CHAT.request("GET", CHAT.sent("a", "text/html", SCRIPT), "", header);
        assertThat(file.status()).isEqualTo(status);
        assertThat(file.headers()).containsEntry("x-content-type-options", "nosniff");
        if (status != 416) {
            assertIsolated(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a%0d%0aSet-Cookie: x=1",
                "a\"; filename=\"b.exe",
                "a; b=c.txt",
                "a'b.txt",
                "a,b%.txt",
                "`id` $(id).sh",
                "<img src=x onerror=alert(1)>.png",
                "\ud83d\ude80 \u00dcbersicht \u4f60.pdf"
            })
    void name_stays_within_one_header_and_is_read_back(String name) {
        Response file = CHAT.request("GET", CHAT.sent(name, "text/plain", "abc"), "");
        String disposition = file.headers().get("content-disposition");
        assertThat(disposition)
                .matches("attachment; filename=\"[A-Za-z0-9._ -]*\"; filename\\*=UTF-8''[A-Za-z0-9._~%-]*");
        String encoded = disposition.substring(disposition.indexOf("''") + 2);
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(name);
        assertIsolated(file);
    }

    /** Links that are not as the server wrote them. */
    static Stream<Arguments> changed() {
        return Stream.of(
                changed("other expiry", 403, link -> link.replaceFirst("e=1", "e=2")),
                changed("expired", 403, link -> link.replaceFirst("e=\\d+", "e=1")),
                changed("negative expiry", 403, link -> link.replaceFirst("e=", "e=-")),
                changed("signed expiry", 403, link -> link.replaceFirst("e=", "e=%2b")),
                changed("padded expiry", 403, link -> link.replaceFirst("e=", "e=0")),
                changed("expiry beyond all numbers", 403, link -> link.replaceFirst("e=\\d+", "e=" + "9".repeat(30))),
                changed("no expiry", 403, link -> link.replaceFirst("e=\\d+&", "")),
                changed("two expiries", 403, link -> link + "&e=9999999999"),
                changed("other signature", 403, link -> withOtherLetter(link, "s=")),
                changed("signature cut", 403, link -> link.substring(0, link.length() - 1)),
                changed("signature continued", 403, link -> link + "A"),
                changed("signature padded", 403, link -> link + "%3D"),
                changed("last letter of the signature", 403, HostileDownloadsTest::withNextLetter),
                changed("two signatures", 403, link -> link + "&s=x"),
                changed("empty signature", 403, link -> link.replaceFirst("s=.*", "s=")),
                changed("no signature", 401, link -> link.substring(0, link.indexOf('?'))),
                changed("other file", 403, link -> withOtherLetter(link, "files/")),
                changed("path above", 404, link -> link.replaceFirst("files/", "files/../files/")),
                changed("escaped path above", 404, link -> link.replaceFirst("files/", "files/..%2f")),
                changed("second slash", 404, link -> link.replaceFirst("files/", "files//")),
                changed("zero", 404, link -> link.replaceFirst("\\?", "%00?")));
    }

    /** Ids and signatures begin with any letter, so each needs another one than it has. */
    private static String withOtherLetter(String link, String before) {
        int at = link.indexOf(before) + before.length();
        return link.substring(0, at) + (link.charAt(at) == '_' ? 'A' : '_') + link.substring(at + 1);
    }

    /** The last of 43 letters holds two bits that mean nothing. */
    private static String withNextLetter(String link) {
        int last = link.length() - 1;
        return link.substring(0, last) + (char) (link.charAt(last) + 1);
    }

    private static Arguments changed(String name, int status, UnaryOperator<String> change) {
        return argumentSet(name, status, change);
    }

    @ParameterizedTest
    @MethodSource("changed")
    void changed_link_is_refused(int status, UnaryOperator<String> change) {
        String link = CHAT.sent("a.txt", "text/plain", "secret");
        Response refused = CHAT.request("GET", change.apply(link), "");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).doesNotContain("secret");
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "eve, a message, 403",
        "bob, an unsent upload, 404",
        "ann, an unsent upload, 404",
        "ann, a deleted message, 404",
        "bob, a deleted message, 404",
        "ann, no file, 404",
        "'', a message, 401",
        "'', no file, 401",
    })
    void foreign_or_deleted_or_guessed_file_is_refused(String userId, String of, int status) {
        String path = fileOf(of);
        String token = userId.isEmpty() ? "X: y" : bearer(userId);
        for (String method : new String[] {"GET", "HEAD"}) {
            try (RawHttp http = new RawHttp(CHAT.port())) {
                http.send(method, path, "", token);
                assertThat(http.head().status()).isEqualTo(status);
            }
        }
    }

    private static String fileOf(String what) {
        return switch (what) {
            case "a message" -> path(CHAT.sent("a.txt", "text/plain", "abc"));
            case "an unsent upload" -> CHAT.create(3).replace("uploads", "files");
            case "a deleted message" -> deleted();
            default -> "/api/files/AAAAAAAAAAAAAAAAAAAAAA";
        };
    }

    private static String path(String link) {
        return link.substring(0, link.indexOf('?'));
    }

    private static String deleted() {
        String upload = CHAT.create(3, "a.txt", "text/plain");
        CHAT.patch(upload, 0, "abc");
        Response sent = CHAT.send(upload);
        String messageId = sent.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        Response deleted = CHAT.request(
                "POST",
                "/api/events/deleteMessage",
                "{\"conversationId\":\"g\",\"messageId\":\"" + messageId + "\"}",
                bearer("ann"),
                "Content-Type: application/json");
        assertThat(deleted.status()).isEqualTo(200);
        return path(FileHarness.link(sent));
    }
}
