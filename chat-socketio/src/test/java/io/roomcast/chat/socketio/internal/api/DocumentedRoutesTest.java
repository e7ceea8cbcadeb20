package io.roomcast.chat.socketio.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document has every request that the server takes. */
class DocumentedRoutesTest {
    private static Stream<String> documented(String prefix) throws IOException {
        JsonNode document = new YAMLMapper()
                .readTree(ContractFile.read("openapi.yaml", "application/yaml").bytes());
        return document.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith(prefix))
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }

    @Test
    void paths_of_conversations_are_documented() throws IOException {
        assertThat(documented("/api/conversations"))
                .containsExactlyInAnyOrderElementsOf(ConversationApi.ROUTES.stream()
                        .map(route ->
                                route.method() + " " + route.path().pattern().replace("([^/]+)", "{conversationId}"))
                        .toList());
    }

    @Test
    void events_are_documented() throws IOException {
        assertThat(documented("/api/events/"))
                .containsExactlyInAnyOrderElementsOf(WireCommands.all().stream()
                        .filter(EventApi::isServed)
                        .map(WireCommand::name)
                        .map(name -> "POST /api/events/" + name)
                        .toList());
    }
}
