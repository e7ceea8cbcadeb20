package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRouteTest {
    private static final int MAX_COMPRESSED_BYTES = 16 * 1024;
    private static final int MAX_COMPRESSED_BYTES_OF_FILES = 6 * 1024;
    private static final int MAX_COMPRESSED_BYTES_OF_CALLS = 9 * 1024;
    private static final String SCRIPT = "roomcast.js";

    private final HttpClient http = HttpClient.newHttpClient();

    @RegisterExtension
    final StartedServer server = new StartedServer();

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "roomcast.js, text/javascript; charset=utf-8, ' as connect,'",
        "roomcast.d.ts, application/typescript; charset=utf-8, export function connect",
        "roomcast-files.js, text/javascript; charset=utf-8, ' as files'",
        "roomcast-files.d.ts, application/typescript; charset=utf-8, export const files",
        "roomcast-push.js, text/javascript; charset=utf-8, ' as createPush'",
        "roomcast-push.d.ts, application/typescript; charset=utf-8, export function createPush",
        "roomcast-push-react.js, text/javascript; charset=utf-8, export function usePush",
        "roomcast-push-react.d.ts, application/typescript; charset=utf-8, export function usePush",
        "roomcast-calls.js, text/javascript; charset=utf-8, ' as createCalls'",
        "roomcast-calls.d.ts, application/typescript; charset=utf-8, export function createCalls",
        "roomcast-calls-react.js, text/javascript; charset=utf-8, export function useCalls",
        "roomcast-calls-react.d.ts, application/typescript; charset=utf-8, export function useCalls",
        "roomcast-worker.js, text/javascript; charset=utf-8, showNotification",
        "roomcast-react.js, text/javascript; charset=utf-8, export function useRoom",
        "roomcast-react.d.ts, application/typescript; charset=utf-8, export function useRoom"
    })
    void file_is_served_and_validated_with_each_use(String name, String type, String content) throws Exception {
        HttpResponse<byte[]> response = ask("GET", name);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(new String(response.body(), "utf-8")).contains(content);
    }

    @Test
    void compressed_script_is_small_and_the_same() throws Exception {
        HttpResponse<byte[]> compressed = ask("GET", SCRIPT, "Accept-Encoding", "gzip, br");
        assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("vary"))
                .hasValueSatisfying(vary -> assertThat(vary).containsIgnoringCase("accept-encoding"));
        assertThat(compressed.body()).hasSizeLessThan(MAX_COMPRESSED_BYTES);
        assertThat(ask("GET", "roomcast-files.js", "Accept-Encoding", "gzip").body())
                .hasSizeLessThan(MAX_COMPRESSED_BYTES_OF_FILES);
        assertThat(ask("GET", "roomcast-calls.js", "Accept-Encoding", "gzip").body())
                .hasSizeLessThan(MAX_COMPRESSED_BYTES_OF_CALLS);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(ask("GET", SCRIPT).body());
    }

    @Test
    void file_under_its_version_never_changes() throws Exception {
        String tag = ask("GET", SCRIPT).headers().firstValue("etag").orElseThrow();
        String version = tag.substring(3, tag.length() - 1);
        HttpResponse<byte[]> response = ask("GET", version + "/" + SCRIPT);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("cache-control")).contains("public, max-age=31536000, immutable");
        assertThat(ask("GET", "0" + version + "/" + SCRIPT).statusCode()).isEqualTo(404);
    }

    @Test
    void file_that_is_known_is_not_sent_again() throws Exception {
        String tag = ask("GET", SCRIPT).headers().firstValue("etag").orElseThrow();
        HttpResponse<byte[]> again = ask("GET", SCRIPT, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("content-length")).isEmpty();
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, ''", "GET, room.js", "GET, ../client/roomcast.js"})
    void nothing_else_is_there(String method, String name) throws Exception {
        assertThat(ask(method, name).statusCode()).isEqualTo(404);
    }

    @Test
    void other_methods_are_refused() throws Exception {
        assertThat(ask("POST", SCRIPT).statusCode()).isEqualTo(405);
    }

    private HttpResponse<byte[]> ask(String method, String name, String... headers)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + server.port() + "/api/client/" + name);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
