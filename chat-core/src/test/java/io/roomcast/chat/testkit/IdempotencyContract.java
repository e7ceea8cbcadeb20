package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One key of one sender in one conversation makes one message. */
abstract class IdempotencyContract extends StoreCase {
    IdempotencyContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void same_key_answers_the_stored_message() {
        Message stored = stored(Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(stored);
    }

    @Test
    void same_draft_answers_the_stored_message() {
        MessageDraft draft = Drafts.keyed("c", "alice", "k", "hello");
        Message stored = stored(draft);

        assertThat(duplicateIn(append(draft))).isEqualTo(stored);
    }

    @Test
    void same_key_of_another_sender_is_another_message() {
        stored(Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(stored(Drafts.keyed("c", "bob", "k", "hello")).seq()).isEqualTo(2);
    }

    @Test
    void same_key_in_another_conversation_is_another_message() {
        stored(Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(stored(Drafts.keyed("d", "alice", "k", "hello")).seq()).isEqualTo(1);
    }

    @Test
    void same_key_with_another_content_answers_the_first_content() {
        stored(Drafts.keyed("c", "alice", "k", "first"));

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "second")))
                        .content())
                .isEqualTo("first");
    }

    @Test
    void duplicate_takes_no_seq() {
        stored(Drafts.keyed("c", "alice", "k", "hello"));
        append(Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(stored(Drafts.text("c", "alice", "next")).seq()).isEqualTo(2);
    }

    @Test
    void duplicate_inside_a_batch_is_one_message() {
        List<AppendResult> results = store.append(List.of(
                Drafts.keyed("c", "alice", "k", "first"),
                Drafts.text("c", "alice", "between"),
                Drafts.keyed("c", "alice", "k", "second")));

        assertThat(duplicateIn(results.get(2))).isEqualTo(storedIn(results.get(0)));
        assertThat(allOf("c")).extracting(Message::content).containsExactly("first", "between");
    }

    @Test
    void duplicates_in_a_batch_leave_no_hole() {
        List<Message> earlier = IntStream.range(0, 5)
                .mapToObj(i -> stored(Drafts.keyed("c", "alice", "k" + i, "hello")))
                .toList();

        List<AppendResult> results = store.append(IntStream.range(0, 10)
                .mapToObj(i -> Drafts.keyed("c", "alice", i % 2 == 0 ? "k" + i / 2 : "new" + i, "again"))
                .toList());

        assertThat(seqs(allOf("c"))).isEqualTo(oneTo(10));
        assertThat(IntStream.range(0, 5).mapToObj(i -> duplicateIn(results.get(2 * i))))
                .isEqualTo(earlier);
        assertThat(IntStream.range(0, 5)
                        .mapToObj(i -> storedIn(results.get(2 * i + 1)).seq()))
                .containsExactly(6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void duplicate_in_one_conversation_does_not_disturb_another() {
        stored(Drafts.keyed("a", "alice", "k", "hello"));

        List<AppendResult> results =
                store.append(List.of(Drafts.keyed("a", "alice", "k", "again"), Drafts.text("b", "bob", "hello")));

        assertThat(storedIn(results.get(1)).seq()).isEqualTo(1);
    }

    @Test
    void duplicate_of_an_edited_message_answers_it_as_it_is_now() {
        Message stored = stored(Drafts.keyed("c", "alice", "k", "hello"));
        Message edited = changed(Changes.edit(stored, "alice", "hi"));

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(edited);
    }

    @Test
    void duplicate_of_a_deleted_message_answers_the_tombstone() {
        Message stored = stored(Drafts.keyed("c", "alice", "k", "hello"));
        Message tombstone = changed(Changes.delete(stored, "alice"));

        assertThat(duplicateIn(append(Drafts.keyed("c", "alice", "k", "hello"))))
                .isEqualTo(tombstone);
        assertThat(allOf("c")).containsExactly(tombstone);
    }

    @Test
    void same_key_sent_at_once_is_one_message() {
        try (Workers workers = new Workers(4)) {
            List<Future<AppendResult>> sends = IntStream.range(0, 20)
                    .mapToObj(i -> workers.call(() -> append(Drafts.keyed("c", "alice", "k", "hello"))))
                    .toList();
            List<AppendResult> results = sends.stream().map(Workers::result).toList();

            assertThat(results)
                    .filteredOn(AppendResult.Stored.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(AppendResult.Duplicate.class::isInstance)
                    .hasSize(19);
        }

        assertThat(allOf("c")).hasSize(1);
    }
}
