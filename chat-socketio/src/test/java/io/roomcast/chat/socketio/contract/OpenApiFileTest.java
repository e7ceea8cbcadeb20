package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The server has each request of the document. */
class OpenApiFileTest {
    private static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.builder()
                .port(0)
                .authenticator(Principal::of)
                .attachments(AttachmentStore.inMemory())
                .build()
                .start();
        server.chat().create(NewConversation.group("g", "Group", List.of("ann")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> operations() throws IOException {
        JsonNode document = new YAMLMapper().readTree(OpenApiFile.print());
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> Arguments.of(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("operations")
    void operation_is_served(String method, String path, JsonNode operation) {
        try (RawHttp http = new RawHttp(server.port())) {
            String body = operation.has("requestBody") ? "{}" : "";
            http.send(
                    method,
                    path.replace("{conversationId}", "g").replaceAll("\\{.*}", "unknown"),
                    body,
                    "Content-Type: application/json",
                    "Authorization: Bearer ann");
            Response response = method.equals("HEAD") ? http.head() : http.read();
            assertThat(response.body()).doesNotContain("\"code\":\"not_supported\"");
            assertThat(operation.path("responses").has(String.valueOf(response.status()))
                            || operation.path("responses").has(response.status() / 100 + "XX"))
                    .as("the document has the status %s", response.status())
                    .isTrue();
        }
    }
}
