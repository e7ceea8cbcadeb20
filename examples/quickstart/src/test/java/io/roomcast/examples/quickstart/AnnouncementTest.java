package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.testkit.ChatServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host's test against a running server, as the documents show it. */
class AnnouncementTest {
    @RegisterExtension
    static final ChatServerExtension SERVER =
            ChatServerExtension.of(builder -> builder.authenticator(token -> Principal.of(token)));

    @Test
    void users_read_announcements(ChatServer server, ChatService chat) throws Exception {
        chat.send("conversation-1", NewMessage.system("Maintenance at noon")).join();

        assertThat(new Visitor(server.port(), "alice").messages().body()).contains("Maintenance at noon");
    }
}
