package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.spi.ChangeResult;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users choose to say about a message. */
abstract class ReactionContract extends StoreCase {
    private Message message;

    ReactionContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void sendMessage() {
        message = stored(Drafts.text("c", "alice", "hello"));
    }

    @Test
    void reaction_is_kept() {
        changed(Changes.react(message, "bob", "👍"));

        assertThat(reactions()).containsExactly(new Reaction("👍", "bob"));
    }

    @Test
    void reacting_twice_is_reacting_once() {
        Message after = changed(Changes.react(message, "bob", "👍"));

        assertThat(store.change(Changes.react(message, "bob", "👍"))).isEqualTo(new ChangeResult(after, false));
        assertThat(allOf("c")).containsExactly(after);
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    @Test
    void reactions_are_in_the_order_in_which_they_came() {
        changed(Changes.react(message, "carol", "🎉"));
        changed(Changes.react(message, "bob", "👍"));
        changed(Changes.react(message, "carol", "👍"));
        changed(Changes.react(message, "alice", "🎉"));

        assertThat(reactions())
                .containsExactly(
                        new Reaction("🎉", "carol"),
                        new Reaction("👍", "bob"),
                        new Reaction("👍", "carol"),
                        new Reaction("🎉", "alice"));
    }

    @Test
    void taking_a_reaction_back_removes_only_that_one() {
        changed(Changes.react(message, "bob", "👍"));
        changed(Changes.react(message, "bob", "🎉"));
        changed(Changes.react(message, "carol", "👍"));
        changed(Changes.unreact(message, "bob", "👍"));

        assertThat(reactions()).containsExactly(new Reaction("🎉", "bob"), new Reaction("👍", "carol"));
    }

    @Test
    void taking_back_what_was_not_there_changes_nothing() {
        Message after = changed(Changes.react(message, "carol", "👍"));

        assertThat(store.change(Changes.unreact(message, "bob", "👍"))).isEqualTo(new ChangeResult(after, false));
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    @Test
    void reaction_may_be_taken_back_and_given_again() {
        changed(Changes.react(message, "bob", "👍"));
        assertThat(changed(Changes.unreact(message, "bob", "👍")).reactions()).isEmpty();
        changed(Changes.react(message, "bob", "👍"));

        assertThat(reactions()).containsExactly(new Reaction("👍", "bob"));
        assertThat(store.position("c")).isEqualTo(new Position(1, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍👩‍👧‍👦", "$set", "a.b", ":+1:", "with space", "{\"$gt\":\"\"}"})
    void key_is_taken_literally(String key) {
        changed(Changes.react(message, key, key));

        assertThat(reactions()).containsExactly(new Reaction(key, key));
        assertThat(changed(Changes.unreact(message, key, key)).reactions()).isEmpty();
    }

    @Test
    void deleted_message_takes_no_reactions() {
        changed(Changes.react(message, "bob", "👍"));
        Message tombstone = changed(Changes.delete(message, "alice"));

        assertThat(refusal(() -> store.change(Changes.react(message, "carol", "👍"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(store.change(Changes.unreact(message, "bob", "👍"))).isEqualTo(new ChangeResult(tombstone, false));
        assertThat(allOf("c")).containsExactly(tombstone);
    }

    @Test
    void edited_message_keeps_its_reactions() {
        changed(Changes.react(message, "bob", "👍"));
        changed(Changes.edit(message, "alice", "other"));

        assertThat(reactions()).containsExactly(new Reaction("👍", "bob"));
    }

    @Test
    void different_keys_of_a_message_are_limited() {
        for (int i = 0; i < FixedLimits.REACTION_KEYS; i++) {
            changed(Changes.react(message, "bob", "key " + i));
        }

        assertThat(refusal(() -> store.change(Changes.react(message, "bob", "one more"))))
                .isEqualTo(ErrorCode.REACTION_LIMIT);
        assertThat(changed(Changes.react(message, "carol", "key 0")).version())
                .isEqualTo(FixedLimits.REACTION_KEYS + 1L);
    }

    @Test
    void reactions_given_at_once_all_count() {
        try (Workers workers = new Workers(4)) {
            List<Future<Message>> givers = IntStream.range(0, 40)
                    .mapToObj(i -> workers.call(() -> changed(Changes.react(message, "user " + i, "👍"))))
                    .toList();

            assertThat(givers.stream().map(Workers::result).map(Message::version))
                    .containsExactlyInAnyOrderElementsOf(oneTo(40));
        }

        assertThat(reactions()).hasSize(40).doesNotHaveDuplicates();
        assertThat(store.position("c")).isEqualTo(new Position(1, 40));
    }

    @Test
    void same_reaction_given_at_once_counts_once() {
        try (Workers workers = new Workers(4)) {
            List<Future<ChangeResult>> givers = IntStream.range(0, 20)
                    .mapToObj(i -> workers.call(() -> store.change(Changes.react(message, "bob", "👍"))))
                    .toList();

            assertThat(givers.stream().map(Workers::result).filter(ChangeResult::changed))
                    .hasSize(1);
        }

        assertThat(reactions()).containsExactly(new Reaction("👍", "bob"));
        assertThat(store.position("c")).isEqualTo(new Position(1, 1));
    }

    private List<Reaction> reactions() {
        return allOf("c").get(0).reactions();
    }
}
