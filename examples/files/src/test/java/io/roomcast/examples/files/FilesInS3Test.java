package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat whose files are in S3, and inspected by clamd. Both are stand-ins. A token is the user's id. */
class FilesInS3Test {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PNG = "\u0089PNG\r\n\u001a\n the rest";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final S3StandIn s3 = S3StandIn.start();
    private final ClamdStandIn clamd = new ClamdStandIn(
            1_000_000, content -> content.contains("virus") ? "stream: Test.Virus FOUND\0" : "stream: OK\0");
    private final S3Bucket bucket = new S3Bucket(s3.bucket(), S3StandIn.CREDENTIALS, Clock.systemUTC());
    private final ChatServer server = ChatServer.builder()
            .port(0)
            .host("127.0.0.1")
            .authenticator(Principal::of)
            .accessPolicy(AccessPolicy.membersOnly())
            .attachments(AttachmentStore.direct(AttachmentStore.inMemory(), bucket))
            .fileInspector(new ClamAvInspector(clamd.address(), 1_000_000, Duration.ofSeconds(20)))
            .build()
            .start();

    FilesInS3Test() throws IOException {}

    @BeforeEach
    void createGroup() {
        server.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        s3.close();
        clamd.close();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> ask(String user, String event, String payload) {
        return send(request("/api/events/" + event)
                .header("Authorization", "Bearer " + user)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(payload))
                .build());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException malformed) {
            throw new AssertionError(answer.body(), malformed);
        }
    }

    private JsonNode start(String content, String message) {
        HttpResponse<String> started = ask(
                "ann",
                "startUpload",
                "{\"conversationId\":\"g\",\"fileName\":\"a b.png\",\"mimeType\":\"image/png\",\"fileSize\":"
                        + content.length() + message + "}");
        assertThat(started.statusCode()).isEqualTo(200);
        return json(started);
    }

    private HttpResponse<String> store(JsonNode started, String content) {
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(started.get("url").textValue()))
                .method(
                        started.get("method").textValue(),
                        BodyPublishers.ofString(content, StandardCharsets.ISO_8859_1));
        started.get("headers")
                .properties()
                .forEach(header -> put.header(header.getKey(), header.getValue().textValue()));
        return send(put.build());
    }

    private HttpResponse<String> finish(String user, JsonNode started) {
        return ask(
                user,
                "finishUpload",
                "{\"uploadId\":\"" + started.get("uploadId").textValue() + "\"}");
    }

    private HttpResponse<String> read(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()).build());
    }

    @Test
    void file_goes_to_the_storage_and_from_there_to_its_readers() {
        JsonNode started = start(PNG, "");
        assertThat(started.get("tus").booleanValue()).isFalse();
        assertThat(finish("ann", started).statusCode()).isEqualTo(409);
        assertThat(ask(
                                "ann",
                                "reportUpload",
                                "{\"uploadId\":\"" + started.get("uploadId").textValue() + "\",\"loaded\":3}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(store(started, PNG).statusCode()).isEqualTo(200);
        JsonNode finished = json(finish("ann", started));
        assertThat(finished.get("status").textValue()).isEqualTo("ready");

        JsonNode sent = json(ask(
                "ann",
                "sendMessage",
                "{\"conversationId\":\"g\",\"type\":\"image\",\"content\":\"\",\"fileUrl\":\""
                        + finished.get("fileUrl").textValue() + "\"}"));
        String link = sent.get("message").get("fileUrl").textValue();
        HttpResponse<String> redirect = read("GET", link);
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("cache-control")).contains("no-store");
        String location = redirect.headers().firstValue("location").orElseThrow();
        HttpResponse<String> file =
                send(HttpRequest.newBuilder(URI.create(location)).build());
        assertThat(file.body()).isEqualTo(PNG);
        assertThat(file.headers().firstValue("content-type")).contains("image/png");
        assertThat(file.headers().firstValue("content-disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("inline; "));
        assertThat(read("HEAD", link).headers().firstValue("content-length")).contains(String.valueOf(PNG.length()));
        assertThat(read("GET", link.replace("s=", "s=x")).statusCode()).isEqualTo(403);
    }

    @Test
    void message_is_sent_when_the_file_is_there() {
        JsonNode started = start("plan", ",\"message\":{\"content\":\"look\",\"clientMessageId\":\"one\"}");
        store(started, "plan");
        for (int i = 0; i < 2; i++) {
            JsonNode finished = json(finish("ann", started));
            assertThat(finished.get("status").textValue()).isEqualTo("sent");
            assertThat(finished.get("messageId").textValue()).isNotEmpty();
        }
    }

    @Test
    void empty_file_needs_no_storage() {
        JsonNode started = start("", ",\"message\":{\"content\":\"nothing\"}");
        assertThat(started.get("status").textValue()).isEqualTo("sent");
        HttpResponse<String> file = read("GET", started.get("fileUrl").textValue());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-length")).contains("0");
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void infected_file_is_rejected_and_leaves_the_storage() {
        JsonNode started = start("a virus", "");
        store(started, "a virus");
        HttpResponse<String> refused = finish("ann", started);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"code\":\"rejected\"");
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void checked_file_cannot_be_replaced() {
        JsonNode started = start("clean", "");
        store(started, "clean");
        finish("ann", started);
        assertThat(store(started, "virus").statusCode()).isEqualTo(412);
    }

    @Test
    void only_the_uploader_finishes() {
        JsonNode started = start("plan", "");
        store(started, "plan");
        assertThat(finish("bob", started).statusCode()).isEqualTo(404);
        assertThat(finish("eve", started).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void server_receives_no_bytes_itself(String method) {
        JsonNode started = start("plan", "");
        HttpResponse<String> refused =
                send(request("/api/uploads/" + started.get("uploadId").textValue())
                        .header("Authorization", "Bearer ann")
                        .method(method, BodyPublishers.ofString("plan"))
                        .build());
        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void storage_that_is_away_is_reported_and_loses_nothing() {
        JsonNode started = start("plan", "");
        store(started, "plan");
        s3.failWith(503);
        assertThat(finish("ann", started).statusCode()).isEqualTo(503);
        s3.failWith(0);
        assertThat(json(finish("ann", started)).get("status").textValue()).isEqualTo("ready");
    }
}
