package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has, whatever its status. */
class HttpAnswersTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String API = "/api/conversations/r/messages";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private static ChatServer server;

    @BeforeAll
    static void start() {
        RateLimiter limiter =
                (caller, command) -> command.conversationId().equals("busy") ? Duration.ofMillis(1_500) : Duration.ZERO;
        server = ChatServer.builder()
                .port(0)
                .allowedOrigins(ORIGIN)
                .rateLimiter(limiter)
                .page(HttpAnswersTest.class.getClassLoader(), "page-of-test")
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response ask(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            String whole = request.replace("|", "\r\n") + "\r\nOrigin: " + ORIGIN + "\r\n\r\n";
            http.write(whole.getBytes(StandardCharsets.ISO_8859_1));
            Response answer = http.read();
            RawPolling.leave(server.port(), POLLING, answer);
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1|Host: localhost||",
                "GET /health/ready HTTP/1.1|Host: localhost||",
                "POST /api/conversations/r/messages HTTP/1.1|Host: localhost|Content-Type: application/json|Content-Length: 2||{}",
                "HEAD / HTTP/1.1|Host: localhost||"
            })
    void request_is_answered_though_another_follows_at_once(String request) {
        try (RawHttp http = new RawHttp(server.port())) {
            String twice = (request + request).replace("|", "\r\n");
            http.write(twice.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(http.head().status()).isLessThan(500);
        }
    }

    private static String xs(int length) {
        return "x".repeat(length);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', textBlock = """
            200; GET /health/live HTTP/1.1|Host: localhost
            200; GET /socket.io/?EIO=4&transport=polling HTTP/1.1|Host: localhost
            200; GET / HTTP/1.1|Host: localhost
            200; GET /api/contract/asyncapi.yaml HTTP/1.1|Host: localhost
            400; GET /socket.io/?EIO=9 HTTP/1.1|Host: localhost
            400; GET /%zz HTTP/1.1|Host: localhost
            400; GET / HTTP/1.1|Host: localhost|X: y|Transfer-Encoding: x
            400; POST /api/conversations/r/messages HTTP/1.1|Host: localhost|Content-Type: application/json
            400; GET /health/live HTTP/1.1|Host: localhost:x
            415; POST /api/conversations/r/messages HTTP/1.1|Host: localhost
            403; GET / HTTP/1.1|Host: evil.example
            404; GET /nothing HTTP/1.1|Host: localhost
            405; DELETE /health/live HTTP/1.1|Host: localhost
            405; PUT /api/conversations HTTP/1.1|Host: localhost
            404; GET /api/conversations/unknown HTTP/1.1|Host: localhost
            405; PUT /api/conversations/r HTTP/1.1|Host: localhost
            405; POST / HTTP/1.1|Host: localhost
            405; TRACE /api/contract/asyncapi.yaml HTTP/1.1|Host: localhost
            417; GET / HTTP/1.1|Host: localhost|Expect: x
            429; GET /api/conversations/busy/messages HTTP/1.1|Host: localhost
            501; BREW / HTTP/1.1|Host: localhost
            413; POST /api/conversations/r/messages HTTP/1.1|Host: localhost|Content-Length: 99999
            414; GET /9000 HTTP/1.1|Host: localhost
            414; GET /99999 HTTP/1.1|Host: localhost
            431; GET / HTTP/1.1|Host: localhost|X: 17000
            431; GET / HTTP/1.1|Host: localhost|X: 40000
            """)
    void page_of_an_allowed_origin_reads_every_answer(int status, String request) {
        Response answer = ask(request.replaceAll("(?<=GET /)(9000|99999)(?= )", xs(20_000))
                .replaceAll("(?<=X: )17000|40000", xs(20_000)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
                .containsEntry("access-control-allow-origin", ORIGIN)
                .containsEntry("access-control-allow-credentials", "true")
                .containsEntry("vary", "origin")
                .containsEntry("x-content-type-options", "nosniff")
                .containsKeys("content-type", "cache-control", "content-length", "connection");
        if (status >= 400 && !request.contains("/socket.io/")) {
            assertThat(answer.headers()).containsEntry("content-type", "application/json; charset=utf-8");
            assertThat(answer.body())
                    .startsWith("{\"success\":false,\"error\":\"")
                    .contains("\"code\":\"");
        }
        assertThat(RawHttp.get(server.port(), "/health/live").status()).isEqualTo(200);
    }

    @Test
    void temporary_refusal_has_the_time_to_retry() {
        assertThat(RawHttp.get(server.port(), "/api/conversations/busy/messages")
                        .headers())
                .containsEntry("retry-after", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/health/live",
                "/health/ready",
                "/api/contract/asyncapi.yaml",
                "/api/contract/chat-events.d.ts",
                "/api/conversations/r/messages",
                "/api/conversations/r/messages?limit=x",
                "/nothing"
            })
    void head_is_answered_as_get_without_the_body(String target) throws Exception {
        Response get = RawHttp.get(server.port(), target);
        String twice = "HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(twice.getBytes(StandardCharsets.US_ASCII));
                String head = head(socket.getInputStream());
                assertThat(head).startsWith("HTTP/1.1 " + get.status() + " ");
                assertThat(head).contains("\r\ncontent-length: " + get.headers().get("content-length") + "\r\n");
                assertThat(socket.getInputStream().available()).isZero();
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    @Test
    void head_takes_no_packets_from_a_session() {
        String opened = RawHttp.get(server.port(), POLLING).body();
        String target = POLLING + "&sid=" + opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        try (RawHttp http = new RawHttp(server.port())) {
            http.send("HEAD", target, "");
            http.send("HEAD", POLLING, "");
        }
        RawHttp.post(server.port(), target, "40");
        assertThat(RawHttp.get(server.port(), target).body()).startsWith("40{");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /health/live, 'GET, HEAD, OPTIONS'",
        "POST, /health/ready, 'GET, HEAD, OPTIONS'",
        "POST, /, 'GET, HEAD, OPTIONS'",
        "PUT, /api/contract/asyncapi.yaml, 'GET, HEAD, OPTIONS'",
        "DELETE, /api/conversations, 'GET, HEAD, POST, OPTIONS'",
        "PUT, /api/conversations/r, 'DELETE, GET, HEAD, OPTIONS'",
        "POST, /api/conversations/r, 'DELETE, GET, HEAD, OPTIONS'",
        "PATCH, /api/conversations/r/messages, 'GET, HEAD, POST, OPTIONS'",
        "GET, /api/conversations/r/read, 'POST, OPTIONS'",
        "OPTIONS, /, 'DELETE, GET, HEAD, PATCH, POST, PUT, OPTIONS'",
        "OPTIONS, *, 'DELETE, GET, HEAD, PATCH, POST, PUT, OPTIONS'"
    })
    void methods_of_a_path_are_named(String method, String target, String allowed) {
        try (RawHttp http = new RawHttp(server.port())) {
            Response answer = http.exchange(method, target, "");
            assertThat(answer.status()).isEqualTo(method.equals("OPTIONS") ? 204 : 405);
            assertThat(answer.headers()).containsEntry("allow", allowed);
            assertThat(http.exchange("GET", "/health/live", "").status()).isEqualTo(200);
        }
    }

    @Test
    void target_may_be_a_whole_url() {
        try (RawHttp http = new RawHttp(server.port())) {
            assertThat(http.exchange("GET", "http://localhost/health/live", "").status())
                    .isEqualTo(200);
            assertThat(http.exchange("GET", "http://localhost", "").status()).isEqualTo(200);
            assertThat(http.exchange("GET", "http://evil.example/health/live", "")
                            .status())
                    .isEqualTo(403);
        }
    }

    /** All of the request is on its way before anything is read, as with clients that write first. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000000", "Transfer-Encoding: chunked"})
    void client_that_writes_before_it_reads_gets_the_answer(String framing) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + API + " HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] part = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_000; i++) {
                out.write(part);
            }
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
        }
    }
}
