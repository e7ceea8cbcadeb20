package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractRouteTest {
    private static final String TYPES = "chat-events.d.ts";

    private final HttpClient http = HttpClient.newHttpClient();

    @RegisterExtension
    final StartedServer server = new StartedServer();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "chat-events.d.ts, application/typescript; charset=utf-8",
        "asyncapi.yaml, application/yaml",
        "openapi.yaml, application/yaml"
    })
    void file_is_served(String name, String type) throws Exception {
        HttpResponse<String> response = ask("GET", name);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(response.body())
                .isEqualTo(new String(
                        getClass().getResourceAsStream("contract/" + name).readAllBytes(), "utf-8"));
    }

    @Test
    void head_is_answered_without_the_file() throws Exception {
        HttpResponse<String> response = ask("HEAD", TYPES);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("content-length"))
                .hasValue(ask("GET", TYPES)
                        .headers()
                        .firstValueAsLong("content-length")
                        .orElseThrow());
    }

    @Test
    void file_that_is_known_is_not_sent_again() throws Exception {
        String tag = ask("GET", TYPES).headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = ask("GET", TYPES, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("content-length")).isEmpty();
        assertThat(again.body()).isEmpty();
        assertThat(ask("GET", TYPES, "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"POST, chat-events.js", "GET, ''", "GET, ../contract/chat-events.d.ts", "GET, chat-events.js"})
    void nothing_else_is_there(String method, String name) throws Exception {
        assertThat(ask(method, name).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(String method, String name, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + server.port() + "/api/contract/" + name);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
