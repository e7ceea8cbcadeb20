package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of a conversation. */
abstract class HistoryContract extends StoreCase {
    HistoryContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void latest_page_is_the_newest_ascending() {
        fill("c", 10);

        assertThat(page(Anchor.LATEST, 0, 3)).containsExactly(8L, 9L, 10L);
    }

    @Test
    void latest_page_of_a_short_conversation_is_all_of_it() {
        fill("c", 2);

        assertThat(page(Anchor.LATEST, 0, 3)).containsExactly(1L, 2L);
    }

    @Test
    void page_before_excludes_its_anchor() {
        fill("c", 10);

        assertThat(page(Anchor.BEFORE, 8, 3)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void page_before_the_first_message_is_empty() {
        fill("c", 10);

        assertThat(page(Anchor.BEFORE, 1, 3)).isEmpty();
    }

    @Test
    void page_before_a_seq_above_the_head_is_the_newest() {
        fill("c", 10);

        assertThat(page(Anchor.BEFORE, 100, 3)).containsExactly(8L, 9L, 10L);
        assertThat(page(Anchor.BEFORE, Long.MAX_VALUE, 3)).containsExactly(8L, 9L, 10L);
    }

    @Test
    void page_after_excludes_its_anchor() {
        fill("c", 10);

        assertThat(page(Anchor.AFTER, 3, 3)).containsExactly(4L, 5L, 6L);
    }

    @Test
    void page_after_the_head_is_empty() {
        fill("c", 10);

        assertThat(page(Anchor.AFTER, 10, 3)).isEmpty();
        assertThat(page(Anchor.AFTER, Long.MAX_VALUE, 3)).isEmpty();
    }

    @Test
    void page_around_has_both_sides() {
        fill("c", 10);

        assertThat(page(Anchor.AROUND, 5, 4)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(page(Anchor.AROUND, 5, 5)).containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void page_around_an_end_stops_there() {
        fill("c", 10);

        assertThat(page(Anchor.AROUND, 1, 4)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(page(Anchor.AROUND, 10, 4)).containsExactly(8L, 9L, 10L);
    }

    @Test
    void page_around_a_seq_above_the_head_is_empty() {
        fill("c", 10);

        assertThat(page(Anchor.AROUND, 100, 4)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void page_of_an_unknown_conversation_is_empty(Anchor anchor) {
        fill("other", 3);

        assertThat(page(anchor, 1, 3)).isEmpty();
    }

    @Test
    void page_has_one_conversation_only() {
        fill("c", 2);
        fill("other", 3);

        assertThat(allOf("c")).extracting(Message::conversationId).containsExactly("c", "c");
    }

    @Test
    void pages_backwards_meet_without_overlap_or_hole() {
        List<Message> all = fill("c", 10);

        List<Message> read = new ArrayList<>(store.history(new HistoryQuery("c", Anchor.LATEST, 0, 3)));
        while (read.get(0).seq() > 1) {
            read.addAll(
                    0,
                    store.history(
                            new HistoryQuery("c", Anchor.BEFORE, read.get(0).seq(), 3)));
        }

        assertThat(read).isEqualTo(all);
    }

    @Test
    void pages_forwards_meet_without_overlap_or_hole() {
        List<Message> all = fill("c", 10);

        List<Message> read = new ArrayList<>(store.history(new HistoryQuery("c", Anchor.AFTER, 0, 3)));
        while (read.size() < all.size()) {
            long last = read.get(read.size() - 1).seq();
            read.addAll(store.history(new HistoryQuery("c", Anchor.AFTER, last, 3)));
        }

        assertThat(read).isEqualTo(all);
    }

    @Test
    void message_is_found_by_its_id() {
        List<Message> all = fill("c", 3);

        assertThat(store.message("c", all.get(1).id())).contains(all.get(1));
    }

    @Test
    void message_is_found_in_its_own_conversation_only() {
        Message message = stored(Drafts.text("c", "alice", "hello"));
        fill("other", 1);

        assertThat(store.message("other", message.id())).isEmpty();
        assertThat(store.message("unknown", message.id())).isEmpty();
        assertThat(store.message("c", "unknown")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void tombstone_has_the_seq_of_its_message(Anchor anchor) {
        List<Message> all = fill("c", 3);
        Message tombstone = changed(Changes.delete(all.get(1), "alice"));

        assertThat(store.history(new HistoryQuery("c", anchor, anchor == Anchor.BEFORE ? 4 : 0, 3)))
                .containsExactly(all.get(0), tombstone, all.get(2));
    }

    @Test
    void pages_forwards_begin_with_the_oldest_message_that_is_left() {
        fill("c", 10);
        store.trim("c", 6);

        assertThat(page(Anchor.AFTER, 0, 3)).containsExactly(7L, 8L, 9L);
        assertThat(page(Anchor.AFTER, 7, 3)).containsExactly(8L, 9L, 10L);
    }

    @Test
    void pages_backwards_end_with_the_oldest_message_that_is_left() {
        fill("c", 10);
        store.trim("c", 6);

        assertThat(page(Anchor.LATEST, 0, 10)).containsExactly(7L, 8L, 9L, 10L);
        assertThat(page(Anchor.BEFORE, 9, 10)).containsExactly(7L, 8L);
        assertThat(page(Anchor.BEFORE, 7, 10)).isEmpty();
    }

    @Test
    void page_around_a_seq_has_the_remaining_messages() {
        fill("c", 10);
        store.trim("c", 6);

        assertThat(page(Anchor.AROUND, 7, 4)).containsExactly(7L, 8L);
        assertThat(page(Anchor.AROUND, 3, 4)).isEmpty();
    }

    private List<Long> page(Anchor anchor, long seq, int limit) {
        return seqs(store.history(new HistoryQuery("c", anchor, seq, limit)));
    }
}
