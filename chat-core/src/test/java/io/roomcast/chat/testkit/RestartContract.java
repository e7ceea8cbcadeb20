package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What outlives the process. */
abstract class RestartContract extends StoreCase {
    RestartContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void needsRestart() {
        needs(StoreHarness.Capability.RESTART);
    }

    @Test
    void acknowledged_messages_outlive_a_restart() {
        List<Message> stored = fill("c", 20);
        restart();

        assertThat(allOf("c")).isEqualTo(stored);
    }

    @Test
    void sequence_continues_after_a_restart() {
        fill("c", 3);
        restart();

        assertThat(seqs(fill("c", 2))).containsExactly(4L, 5L);
    }

    @Test
    void key_is_remembered_after_a_restart() {
        Message stored = stored(Drafts.keyed("c", "alice", "k", "hello"));
        restart();

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(stored);
    }

    @Test
    void epoch_outlives_a_restart() {
        String epoch = store.epoch();
        restart();

        assertThat(store.epoch()).isEqualTo(epoch);
    }

    @Test
    void cluster_key_outlives_a_restart() {
        byte[] key = store.clusterKey().orElseThrow();
        restart();

        assertThat(store.clusterKey().orElseThrow()).hasSize(32).isEqualTo(key);
    }

    @Test
    void conversations_and_members_outlive_a_restart() {
        Conversation group = store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        restart();

        assertThat(store.conversation("g")).contains(group);
        assertThat(store.isMember("g", "bob")).isTrue();
    }

    @Test
    void changes_outlive_a_restart() {
        List<Message> all = fill("c", 3);
        changed(Changes.edit(all.get(0), "alice", "other"));
        changed(Changes.delete(all.get(1), "alice"));
        changed(Changes.react(all.get(2), "bob", "👍"));
        List<Message> before = allOf("c");
        restart();

        assertThat(allOf("c")).isEqualTo(before);
        assertThat(store.position("c")).isEqualTo(new Position(3, 3));
        assertThat(changed(Changes.edit(before.get(2), "alice", "other")).version())
                .isEqualTo(4);
    }

    @Test
    void changes_are_sent_after_a_restart() {
        List<Message> all = fill("c", 3);
        Replica replica = new Replica(store, "c").catchUp(10);
        Message edited = changed(Changes.edit(all.get(0), "alice", "other"));
        restart();

        assertThat(replica.continuedOn(store).catchUp(10).messages()).containsExactly(edited, all.get(1), all.get(2));
    }

    @Test
    void receipts_outlive_a_restart() {
        fill("g", 3);
        List<Receipt> marks = List.of(
                Receipt.delivered("g", "bob", 3, Drafts.now()), Receipt.delivered("g", "alice", 2, Drafts.now()));
        store.mark(marks);
        restart();

        assertThat(StoredReceipts.of(store, "g")).containsExactlyInAnyOrderElementsOf(marks);
    }

    @Test
    void roles_and_leavers_outlive_a_restart() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob", "carol")));
        store.changeRole("g", "bob", Role.ADMIN);
        store.removeMember("g", "carol");
        restart();

        assertThat(store.member("g", "bob").orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(store.isMember("g", "carol")).isFalse();
    }

    @Test
    void lists_and_previews_outlive_a_restart() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        store.update(new ConversationUpdate("g", "Other", "{}", Drafts.now()));
        MessagePreview newest = MessagePreview.of(fill("g", 3).get(2));
        restart();

        eventually(() -> assertThat(store.conversations(new ConversationQuery("bob", null, 10)))
                .singleElement()
                .returns("Other", Conversation::title)
                .returns("{}", Conversation::metadata)
                .returns(newest, Conversation::lastMessage));
    }

    @Test
    void sequence_continues_after_a_full_trim_and_a_restart() {
        Message message = fill("c", 3).get(0);
        changed(Changes.edit(message, "alice", "other"));
        store.trim("c", 3);
        restart();

        assertThat(allOf("c")).isEmpty();
        assertThat(store.position("c")).isEqualTo(new Position(3, 1));
        assertThat(seqs(fill("c", 2))).containsExactly(4L, 5L);
    }

    @Test
    void erasure_outlives_a_restart() {
        fill("c", 3);
        store.eraseUser("alice");
        List<Message> erased = allOf("c");
        restart();

        assertThat(allOf("c")).isEqualTo(erased);
    }

    private void restart() {
        harness.restart();
        store = harness.open();
    }
}
