package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How a conversation forgets its oldest messages. */
abstract class TrimContract extends StoreCase {
    TrimContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void oldest_messages_are_forgotten() {
        List<Message> all = fill("c", 10);
        store.trim("c", 6);

        assertThat(allOf("c")).isEqualTo(all.subList(6, 10));
    }

    @Test
    void forgotten_message_is_not_found() {
        List<Message> all = fill("c", 2);
        store.trim("c", 1);

        assertThat(store.message("c", all.get(0).id())).isEmpty();
        assertThat(store.message("c", all.get(1).id())).contains(all.get(1));
    }

    @Test
    void forgotten_message_cannot_be_changed() {
        Message forgotten = fill("c", 2).get(0);
        store.trim("c", 1);

        for (Change change : List.of(
                Changes.edit(forgotten, "alice", "other"),
                Changes.delete(forgotten, "alice"),
                Changes.react(forgotten, "bob", "👍"),
                Changes.unreact(forgotten, "bob", "👍"))) {
            assertThat(refusal(() -> store.change(change))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        }
        assertThat(store.position("c")).isEqualTo(new Position(2, 0));
    }

    @Test
    void forgetting_again_or_less_changes_nothing() {
        List<Message> all = fill("c", 10);
        store.trim("c", 6);
        store.trim("c", 6);
        store.trim("c", 3);
        store.trim("c", 0);

        assertThat(allOf("c")).isEqualTo(all.subList(6, 10));
    }

    @Test
    void forgetting_continues() {
        List<Message> all = fill("c", 10);
        store.trim("c", 3);
        store.trim("c", 6);

        assertThat(allOf("c")).isEqualTo(all.subList(6, 10));
    }

    @Test
    void other_conversations_forget_nothing() {
        fill("c", 3);
        List<Message> others = fill("other", 3);
        store.trim("c", 3);

        assertThat(allOf("other")).isEqualTo(others);
    }

    @Test
    void unknown_conversation_forgets_nothing() {
        store.trim("c", 3);

        assertThat(store.conversation("c")).isEmpty();
        assertThat(stored(Drafts.text("c", "alice", "hello")).seq()).isEqualTo(1);
    }

    @Test
    void forgotten_message_is_shown_as_its_seq_only() {
        store.create(NewConversation.group("g", "Group", List.of("alice")));
        List<Message> all = fill("g", 3);
        store.trim("g", 2);
        assertThat(shown()).isEqualTo(MessagePreview.of(all.get(2)));
        store.trim("g", 3);

        assertThat(shown()).isEqualTo(MessagePreview.of(all.get(2)).withoutContent());
        Message next = fill("g", 1).get(0);
        eventually(() -> assertThat(shown()).isEqualTo(MessagePreview.of(next)));
    }

    private MessagePreview shown() {
        return store.conversations(new ConversationQuery("alice", null, 1))
                .get(0)
                .lastMessage();
    }

    @Test
    void position_stays() {
        Message message = fill("c", 3).get(0);
        changed(Changes.edit(message, "alice", "other"));
        store.trim("c", 3);

        assertThat(store.position("c")).isEqualTo(new Position(3, 1));
        assertThat(store.conversation("c").orElseThrow().position()).isEqualTo(new Position(3, 1));
    }

    @Test
    void sequence_continues_after_everything_is_forgotten() {
        fill("c", 3);
        store.trim("c", 3);

        assertThat(seqs(fill("c", 2))).containsExactly(4L, 5L);
        assertThat(seqs(allOf("c"))).containsExactly(4L, 5L);
    }

    @Test
    void forgetting_beyond_the_head_forgets_no_more_than_there_is() {
        fill("c", 3);
        store.trim("c", 100);
        store.trim("c", Long.MAX_VALUE);

        assertThat(allOf("c")).isEmpty();
        assertThat(store.position("c")).isEqualTo(new Position(3, 0));
        assertThat(seqs(fill("c", 1))).containsExactly(4L);
        assertThat(seqs(allOf("c"))).containsExactly(4L);
    }

    @Test
    void versions_continue_after_everything_is_forgotten() {
        changed(Changes.edit(fill("c", 1).get(0), "alice", "other"));
        store.trim("c", 1);

        Message next = fill("c", 1).get(0);
        assertThat(changed(Changes.edit(next, "alice", "other")).version()).isEqualTo(2);
    }

    @Test
    void what_is_left_can_be_changed() {
        Message left = fill("c", 3).get(2);
        store.trim("c", 2);
        Message edited = changed(Changes.edit(left, "alice", "other"));

        assertThat(allOf("c")).containsExactly(edited);
    }

    @Test
    void key_of_a_forgotten_message_may_be_used_again() {
        stored(Drafts.keyed("c", "alice", "k", "first"));
        store.trim("c", 1);

        assertThat(stored(Drafts.keyed("c", "alice", "k", "second")).seq()).isEqualTo(2);
        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "third"))).content())
                .isEqualTo("second");
    }

    @Test
    void key_of_a_message_that_is_left_is_remembered() {
        fill("c", 3);
        Message left = stored(Drafts.keyed("c", "alice", "k", "first"));
        store.trim("c", 3);

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "second"))))
                .isEqualTo(left);
    }

    @Test
    void forgetting_while_others_write_leaves_no_gap() {
        try (Workers workers = new Workers(2)) {
            Future<List<Long>> writer = workers.call(() -> Drafts.texts("c", "alice", 60).stream()
                    .map(draft -> stored(draft).seq())
                    .toList());
            while (!writer.isDone()) {
                store.trim("c", store.position("c").seq());
            }

            assertThat(Workers.result(writer)).isEqualTo(oneTo(60));
        }
        assertThat(store.position("c")).isEqualTo(new Position(60, 0));
    }

    @Test
    void what_one_node_forgets_the_other_forgets_too() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        fill("c", 3);
        assertThat(allOf(other, "c")).hasSize(3);

        other.trim("c", 3);

        assertThat(allOf("c")).isEmpty();
        assertThat(store.position("c")).isEqualTo(new Position(3, 0));
        assertThat(seqs(fill("c", 1))).containsExactly(4L);
        assertThat(StoreCase.storedIn(other.append(List.of(Drafts.text("c", "bob", "hello")))
                                .get(0))
                        .seq())
                .isEqualTo(5);
    }

    @Test
    void new_node_continues_after_everything_was_forgotten() {
        needs(StoreHarness.Capability.MULTI_NODE);
        fill("c", 3);
        store.trim("c", 3);

        ChatStore other = harness.openAnotherNode();
        assertThat(other.position("c")).isEqualTo(new Position(3, 0));
        assertThat(StoreCase.storedIn(other.append(List.of(Drafts.text("c", "bob", "hello")))
                                .get(0))
                        .seq())
                .isEqualTo(4);
    }
}
