package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.Follower;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.webhook.Webhook;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A host that passes all messages on to another program, as the documents show it. */
class FollowerTest {
    private static final class Crm {
        private final Map<String, Integer> events = new ConcurrentHashMap<>();

        private void update(String conversationId, List<ChatEvent> more) {
            events.merge(conversationId, more.size(), Integer::sum);
        }
    }

    @Test
    void another_program_receives_all_messages() {
        Crm crm = new Crm();
        try (ChatServer server = ChatServer.builder().port(0).build().start()) {
            server.chat().follow("crm", (conversationId, events) -> crm.update(conversationId, events));
            for (int i = 0; i < 10; i++) {
                server.chat()
                        .send("conversation-1", NewMessage.system("Step " + i))
                        .join();
            }
            await().untilAsserted(() -> assertThat(crm.events).containsEntry("conversation-1", 10));
        }
    }

    @Test
    void webhook_is_a_follower() {
        try (ChatServer server = ChatServer.builder().port(0).build().start()) {
            Webhook webhook = Webhook.to(URI.create("https://crm.example.com/chat"))
                    .secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                    .build();
            Follower crm = server.chat().follow("crm", webhook);
            assertThat(crm.isPaused()).isFalse();
        }
    }
}
