package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of the clients that most pages use for tus, and of the client that the server serves. */
@RequiresNode
class TusClientTest {
    @TempDir
    private Path folder;

    @Test
    void unmodified_client_uploads_resumes_and_cancels() throws Exception {
        try (ChatServer server = start()) {
            assertThat(NodeScript.run("tus-client.mjs", url(server), "ann")).isEmpty();
        }
    }

    @Test
    void unmodified_uppy_continues_after_cuts_and_in_another_program() throws Exception {
        try (ChatServer server = start()) {
            assertThat(NodeScript.run("uppy-client.mjs", url(server), "ann")).isEmpty();
        }
    }

    @Test
    void served_client_sends_each_file_once_although_connections_are_cut() throws Exception {
        try (ChatServer server = start()) {
            assertThat(NodeScript.run("roomcast-files.mjs", url(server), "client-4"))
                    .last()
                    .hasToString("{\"client\":\"course\",\"event\":\"finished\"}");
        }
    }

    private ChatServer start() {
        ChatServer server = ChatServer.builder()
                .port(0)
                .host("127.0.0.1")
                .authenticator(Principal::of)
                .attachments(AttachmentStore.onDisk(folder))
                .build()
                .start();
        server.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        return server;
    }

    private static String url(ChatServer server) {
        return "http://localhost:" + server.port();
    }
}
