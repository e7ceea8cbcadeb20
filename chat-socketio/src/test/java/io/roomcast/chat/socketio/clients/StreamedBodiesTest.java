package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomcast.chat.socketio.StartedServer;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send chunked bodies, because they do not know the length in advance. */
@OnEachTransport
class StreamedBodiesTest {
    private static final String PATH = "/api/conversations/r/messages";
    private static final String JSON = "application/json";
    private static final int BOUND = 65_536;
    private static final int LARGE = 8_000_000;

    @RegisterExtension
    final StartedServer server = new StartedServer();

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void server_is_healthy() {
        assertThat(RawHttp.get(server.port(), "/health/ready").status()).isEqualTo(200);
    }

    private static String message(String content) {
        return "{\"senderId\":\"alice\",\"content\":\"" + content + "\"}";
    }

    private static BodyPublisher streamed(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> post(String path, String type, BodyPublisher body) throws Exception {
        URI uri = URI.create("http://localhost:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void chunked_body_of_javas_http_client_is_stored() throws Exception {
        HttpResponse<String> answer = post(PATH, JSON, streamed(message("hällo")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"content\":\"hällo\"");
    }

    @Test
    void chunked_body_is_accepted_over_polling() throws Exception {
        RawPolling polling = RawPolling.connected(server.port());
        HttpResponse<String> answer =
                post(polling.target(), "text/plain;charset=UTF-8", streamed("421[\"joinRoom\",\"r\"]"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(polling.next()).startsWith("431[{\"success\":true");
    }

    @Test
    void chunked_body_of_an_older_client_is_stored() throws Exception {
        HttpURLConnection connection = connect();
        connection.setChunkedStreamingMode(3);
        connection.getOutputStream().write(message("older").getBytes(StandardCharsets.UTF_8));
        assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    private HttpURLConnection connect() throws IOException {
        URI uri = URI.create("http://localhost:" + server.port() + PATH);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", JSON);
        return connection;
    }

    private enum Framing {
        LENGTH {
            @Override
            BodyPublisher of(String body) {
                return BodyPublishers.ofString(body);
            }
        },
        CHUNKS {
            @Override
            BodyPublisher of(String body) {
                return streamed(body);
            }
        };

        abstract BodyPublisher of(String body);
    }

    @ParameterizedTest
    @EnumSource
    void chunked_body_has_the_same_size_limit(Framing framing) throws Exception {
        String fitting = " ".repeat(BOUND - message("x").length()) + message("x");
        assertThat(post(PATH, JSON, framing.of(fitting)).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post(PATH, JSON, framing.of(" " + fitting));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("\"code\":\"payload_too_large\"");
    }

    @ParameterizedTest
    @EnumSource
    void client_that_sends_far_too_much_receives_the_rejection(Framing framing) throws Exception {
        HttpResponse<String> refused = post(PATH, JSON, framing.of("x".repeat(LARGE)));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("\"code\":\"payload_too_large\"");
    }

    @Test
    void body_in_chunks_of_one_byte_is_stored() {
        String body = " ".repeat(BOUND - message("x").length()) + message("x");
        StringBuilder chunks = new StringBuilder();
        body.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(raw.read().status()).isEqualTo(200);
            assertThat(raw.exchange("GET", "/health/live", "").status()).isEqualTo(200);
        }
    }

    @RequiresNode
    @Test
    void chunked_bodies_of_node_are_stored() throws Exception {
        assertThat(NodeScript.run("stream-client.mjs", "http://localhost:" + server.port()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"
            })
    void chunked_body_of_curl_is_stored(String headers) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "-w", " %{http_code}", "-H", "Content-Type: application/json"));
        headers.lines().forEach(header -> command.addAll(List.of("-H", header)));
        command.addAll(List.of("-d", message("curl"), "http://localhost:" + server.port() + PATH));
        Process curl = start(command);
        assumeTrue(curl != null, "no curl on the PATH");
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).contains("\"success\":true").endsWith(" 200");
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            return null;
        }
    }
}
