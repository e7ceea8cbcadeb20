package io.roomcast.chat.mongo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The preview of each conversation, which is written later. */
class PreviewsTest extends MongoCase {
    @Test
    void preview_has_the_fields_by_which_the_later_state_wins_first() {
        MongoChatStore store = openStore();
        Message message = storedBy(store, Drafts.text("c", "alice", "hello"));
        store.close();

        assertThat(last().keySet())
                .containsExactly("seq", "version", "deleted", "_id", "senderId", "type", "content", "createdAt");
        assertThat(last()).containsEntry("seq", 1L).containsEntry("_id", message.id());
    }

    @Test
    void previews_are_written_a_moment_later() {
        MongoChatStore store = builder().previewDelay(Duration.ofMillis(1)).build();
        store.append(Drafts.texts("c", "alice", 3));

        await().atMost(5, SECONDS).until(() -> last().getLong("seq") == 3);
    }

    @Test
    void many_messages_become_one_preview_of_each_conversation() {
        MongoChatStore store = openStore();
        for (int i = 0; i < 50; i++) {
            store.append(List.of(Drafts.text("c", "alice", "hello"), Drafts.text("d", "alice", "hello")));
        }
        commands.clear();
        store.close();

        assertThat(commands.names()).containsExactly("update");
        assertThat(commands.all().get(0).getArray("updates")).hasSize(2);
    }

    @Test
    void nothing_is_written_while_nothing_happens() {
        MongoChatStore store = openStore();
        store.append(Drafts.texts("c", "alice", 3));
        store.close();
        commands.clear();
        store.close();

        assertThat(commands.names()).isEmpty();
    }

    @Test
    void deleted_words_do_not_come_back_with_a_late_write() {
        MongoChatStore late = openStore();
        Message message = storedBy(late, Drafts.text("c", "alice", "secret"));
        openStore().change(Changes.delete(message, "alice"));
        late.close();

        assertThat(last()).containsEntry("content", "").containsEntry("version", 1L);
    }

    @Test
    void words_of_an_erased_user_do_not_come_back_with_a_late_write() {
        MongoChatStore late = openStore();
        storedBy(late, Drafts.text("c", "zoe", "secret"));
        openStore().eraseUser("zoe");
        late.close();

        assertThat(last()).containsEntry("content", "").containsEntry("deleted", true);
        assertThat(last().getString("senderId")).startsWith("erased:");
    }

    @Test
    void newer_message_is_not_replaced_by_a_late_write() {
        MongoChatStore late = openStore();
        MongoChatStore quick = openStore();
        storedBy(late, Drafts.text("c", "alice", "older"));
        storedBy(quick, Drafts.text("c", "bob", "newer"));
        quick.close();
        late.close();

        assertThat(last()).containsEntry("content", "newer");
    }

    @Test
    void change_of_an_older_message_leaves_the_preview() {
        MongoChatStore store = openStore();
        Message older = storedBy(store, Drafts.text("c", "alice", "older"));
        storedBy(store, Drafts.text("c", "alice", "newer"));
        store.close();
        store.change(Changes.delete(older, "alice"));

        assertThat(last()).containsEntry("content", "newer").containsEntry("version", 0L);
    }

    @Test
    void readers_on_this_node_see_pending_previews() {
        MongoChatStore store = openStore();
        store.create(NewConversation.group("c", "Group", List.of("alice")));
        Message message = storedBy(store, Drafts.text("c", "alice", "hello"));

        Conversation listed =
                store.conversations(new ConversationQuery("alice", null, 10)).get(0);
        assertThat(listed.lastMessage()).isEqualTo(MessagePreview.of(message));
        assertThat(listed.position()).isEqualTo(new Position(1, 0));
    }

    @Test
    void expiring_messages_are_acknowledged_after_their_preview() {
        MongoChatStore store = openStore();
        store.create(NewConversation.open("c").withRetention(Duration.ofDays(1)));
        store.append(Drafts.texts("c", "alice", 3));

        assertThat(last()).containsEntry("seq", 3L);
    }

    private Document last() {
        return database.getCollection("conversations")
                .find(new Document("_id", "c"))
                .first()
                .get("last", Document.class);
    }
}
