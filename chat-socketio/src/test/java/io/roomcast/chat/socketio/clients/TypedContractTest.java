package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract files of the server compile in a front end. */
@RequiresNode
class TypedContractTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src/main/resources/io/roomcast/chat/socketio/contract");

    @Test
    void types_are_those_of_the_official_client() throws Exception {
        assertThat(NodeScript.run("node_modules/typescript/bin/tsc", "--project", "."))
                .isEmpty();
    }

    @Test
    void document_is_valid() throws Exception {
        String document = FOLDER.resolve("asyncapi.yaml").toAbsolutePath().toString();
        assertThat(NodeScript.run("asyncapi-check.mjs", document)).isEmpty();
    }

    @Test
    void document_of_http_is_valid() throws Exception {
        String document = FOLDER.resolve("openapi.yaml").toAbsolutePath().toString();
        assertThat(NodeScript.run("openapi-check.mjs", document)).isEmpty();
    }

    @Test
    void documented_sample_receives_messages_and_reconnects() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticated()) {
            assertThat(NodeScript.run("typed-player.mjs", server.url())).last().hasToString("\"finished\"");
        }
    }

    @Test
    void documented_client_resumes() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.authenticated()) {
            assertThat(NodeScript.run("resume-sample.mjs", server.url())).last().hasToString("\"finished\"");
        }
    }

    @Test
    void documented_sample_is_compiled() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("basedir", "."), "PROTOCOL.md"));
        String sample = document.split("```ts\n")[1].split("```")[0];
        assertThat(NodeScript.DIRECTORY.resolve("typed-client.ts")).hasContent(sample);
    }
}
