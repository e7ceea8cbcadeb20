package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catching up: what the store returns to a client that was offline. */
abstract class CatchUpContract extends StoreCase {
    CatchUpContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void everything_since_is_sent_in_order() {
        List<Message> all = fill("c", 10);

        assertThat(since("c", 4, 0)).isEqualTo(new CatchUp("c", all.subList(4, 10), new Position(10, 0), false, false));
    }

    @Test
    void reader_that_is_up_to_date_receives_nothing() {
        Message message = fill("c", 3).get(0);
        changed(Changes.edit(message, "alice", "other"));

        assertThat(since("c", 3, 1)).isEqualTo(new CatchUp("c", List.of(), new Position(3, 1), false, false));
    }

    @Test
    void new_messages_are_cut_at_the_limit() {
        List<Message> all = fill("c", 10);

        assertThat(ask("c", 4, 0, 3)).isEqualTo(new CatchUp("c", all.subList(4, 7), new Position(7, 0), true, false));
    }

    @Test
    void page_that_reaches_the_head_is_the_last() {
        List<Message> all = fill("c", 10);

        assertThat(ask("c", 7, 0, 3))
                .isEqualTo(new CatchUp("c", all.subList(7, 10), new Position(10, 0), false, false));
    }

    @Test
    void changes_are_cut_at_the_limit() {
        List<Message> all = fill("c", 5);
        List<Message> edited = all.stream()
                .map(message -> changed(Changes.edit(message, "alice", "other")))
                .toList();

        assertThat(ask("c", 5, 1, 2))
                .isEqualTo(new CatchUp("c", edited.subList(1, 3), new Position(5, 3), true, false));
    }

    @Test
    void each_conversation_is_reported_separately() {
        List<Message> one = fill("a", 5);
        List<Message> other = fill("b", 5);
        Message edited = changed(Changes.edit(other.get(0), "alice", "other"));

        assertThat(store.catchUp(List.of(
                        new CatchUpQuery("b", new Position(3, 0), 2),
                        new CatchUpQuery("unknown", Position.START, 2),
                        new CatchUpQuery("a", Position.START, 2))))
                .containsExactly(
                        new CatchUp("b", List.of(edited, other.get(3), other.get(4)), new Position(5, 1), false, false),
                        new CatchUp("unknown", List.of(), Position.START, false, false),
                        new CatchUp("a", one.subList(0, 2), new Position(2, 0), true, false));
    }

    @Test
    void many_conversations_are_each_cut_at_their_own_limit() {
        List<String> ids = List.of("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8");
        ids.forEach(id -> fill(id, 10));

        List<CatchUp> told = store.catchUp(ids.stream()
                .map(id -> new CatchUpQuery(id, Position.START, ids.indexOf(id) + 1))
                .toList());

        assertThat(told).extracting(CatchUp::conversationId).isEqualTo(ids);
        assertThat(told).extracting(page -> (long) page.messages().size()).isEqualTo(oneTo(8));
        assertThat(told).extracting(page -> page.covered().seq()).isEqualTo(oneTo(8));
    }

    @Test
    void edits_deletions_and_reactions_are_sent() {
        List<Message> all = fill("c", 4);
        Message reacted = changed(Changes.react(all.get(2), "bob", "👍"));
        Message deleted = changed(Changes.delete(all.get(1), "alice"));
        Message edited = changed(Changes.edit(all.get(0), "alice", "other"));

        assertThat(since("c", 4, 0).messages()).containsExactly(edited, deleted, reacted);
    }

    @Test
    void only_later_changes_are_sent() {
        List<Message> all = fill("c", 3);
        changed(Changes.edit(all.get(0), "alice", "other"));
        Message later = changed(Changes.edit(all.get(1), "alice", "other"));

        assertThat(since("c", 3, 1).messages()).containsExactly(later);
    }

    @Test
    void several_changes_of_a_message_are_sent_as_its_latest_state() {
        Message message = fill("c", 3).get(1);
        changed(Changes.edit(message, "alice", "once"));
        changed(Changes.edit(message, "alice", "twice"));
        Message latest = changed(Changes.react(message, "bob", "👍"));

        assertThat(since("c", 3, 0)).isEqualTo(new CatchUp("c", List.of(latest), new Position(3, 3), false, false));
        assertThat(ask("c", 3, 0, 1).messages()).containsExactly(latest);
    }

    @Test
    void new_message_that_was_changed_is_sent_once() {
        List<Message> all = fill("c", 3);
        Message edited = changed(Changes.edit(all.get(2), "alice", "other"));

        assertThat(since("c", 1, 0))
                .isEqualTo(new CatchUp("c", List.of(all.get(1), edited), new Position(3, 1), false, false));
    }

    @Test
    void change_of_a_later_message_is_sent_with_it() {
        List<Message> all = fill("c", 4);
        Message edited = changed(Changes.edit(all.get(3), "alice", "other"));

        CatchUp first = ask("c", 0, 0, 2);
        assertThat(first.messages()).containsExactly(all.get(0), all.get(1));
        assertThat(ask("c", first.covered().seq(), first.covered().version(), 2).messages())
                .containsExactly(all.get(2), edited);
    }

    @Test
    void changed_messages_stand_before_new_ones() {
        List<Message> all = fill("c", 5);
        Message edited = changed(Changes.edit(all.get(1), "alice", "other"));

        assertThat(since("c", 3, 0).messages()).containsExactly(edited, all.get(3), all.get(4));
    }

    @Test
    void position_above_the_head_is_lost() {
        Message message = fill("c", 3).get(0);
        changed(Changes.edit(message, "alice", "other"));
        CatchUp lost = CatchUp.lost("c", new Position(3, 1));

        assertThat(since("c", 4, 1)).isEqualTo(lost);
        assertThat(since("c", 3, 2)).isEqualTo(lost);
        assertThat(since("c", 0, 2)).isEqualTo(lost);
        assertThat(since("c", Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(lost);
    }

    @Test
    void reader_that_knows_more_than_a_node_is_not_lost() {
        needs(StoreHarness.Capability.MULTI_NODE);
        ChatStore other = harness.openAnotherNode();
        Message message = fill("c", 1).get(0);
        new Replica(other, "c").catchUp(10);

        fill("c", 3);
        changed(Changes.edit(message, "alice", "other"));
        Replica reader = new Replica(store, "c").catchUp(10);

        assertThat(reader.continuedOn(other).catchUp(10).messages()).isEqualTo(allOf("c"));
        assertThat(reader.position()).isEqualTo(new Position(4, 1));
    }

    @Test
    void unknown_conversation_sends_nothing() {
        assertThat(since("c", 0, 0)).isEqualTo(new CatchUp("c", List.of(), Position.START, false, false));
    }

    @Test
    void position_in_an_unknown_conversation_is_lost() {
        assertThat(since("c", 1, 0)).isEqualTo(CatchUp.lost("c", Position.START));
        assertThat(since("c", 0, 1)).isEqualTo(CatchUp.lost("c", Position.START));
    }

    @Test
    void trimmed_messages_are_covered() {
        List<Message> all = fill("c", 10);
        store.trim("c", 6);

        assertThat(since("c", 0, 0)).isEqualTo(new CatchUp("c", all.subList(6, 10), new Position(10, 0), false, false));
        assertThat(since("c", 8, 0).messages()).isEqualTo(all.subList(8, 10));
    }

    @Test
    void conversation_without_messages_is_covered() {
        fill("c", 10);
        store.trim("c", 10);

        assertThat(since("c", 0, 0)).isEqualTo(new CatchUp("c", List.of(), new Position(10, 0), false, false));
    }

    @Test
    void changes_of_trimmed_messages_are_covered() {
        List<Message> all = fill("c", 3);
        changed(Changes.edit(all.get(0), "alice", "other"));
        Message left = changed(Changes.edit(all.get(2), "alice", "other"));
        store.trim("c", 2);

        assertThat(since("c", 3, 0)).isEqualTo(new CatchUp("c", List.of(left), new Position(3, 2), false, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pages_end_with_the_whole_state(int limit) {
        makeHistory();

        Replica replica = new Replica(store, "c").catchUp(limit);

        assertThat(replica.messages()).isEqualTo(allOf("c"));
        assertThat(replica.position()).isEqualTo(store.position("c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pages_after_an_absence_end_with_the_whole_state(int limit) {
        fill("c", 5);
        Replica replica = new Replica(store, "c").catchUp(limit);
        makeHistory();

        assertThat(replica.catchUp(limit).messages()).isEqualTo(allOf("c"));
        assertThat(replica.position()).isEqualTo(store.position("c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pages_over_trimmed_messages_end_with_what_is_left(int limit) {
        makeHistory();
        store.trim("c", 8);

        Replica replica = new Replica(store, "c").catchUp(limit);

        assertThat(replica.messages()).isEqualTo(allOf("c"));
        assertThat(replica.position()).isEqualTo(store.position("c"));
    }

    private void makeHistory() {
        List<Message> all = fill("c", 12);
        for (int i = 0; i < 15; i++) {
            Message message = all.get(i * 5 % 12);
            changed(i % 3 == 0 ? Changes.react(message, "bob", "key " + i) : Changes.edit(message, "alice", "e" + i));
        }
        changed(Changes.delete(all.get(4), "alice"));
    }

    private CatchUp since(String conversationId, long seq, long version) {
        return ask(conversationId, seq, version, 100);
    }

    private CatchUp ask(String conversationId, long seq, long version, int limit) {
        return store.catchUp(List.of(new CatchUpQuery(conversationId, new Position(seq, version), limit)))
                .get(0);
    }
}
