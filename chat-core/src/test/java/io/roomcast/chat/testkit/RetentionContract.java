package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How messages expire, by the store's clock. */
abstract class RetentionContract extends StoreCase {
    private static final Duration RETENTION = Duration.ofHours(1);

    RetentionContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createConversation() {
        needs(StoreHarness.Capability.CLOCK);
        store.create(NewConversation.open("c").withRetention(RETENTION));
    }

    @Test
    void message_is_kept_for_its_time() {
        List<Message> all = say(3);
        pass(Duration.ofMinutes(59));

        assertThat(allOf("c")).isEqualTo(all);
        assertThat(store.message("c", all.get(0).id())).contains(all.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void expired_message_is_in_no_page(Anchor anchor) {
        say(3);
        pass(RETENTION);

        assertThat(store.history(new HistoryQuery("c", anchor, 2, 10))).isEmpty();
    }

    @Test
    void expired_message_is_not_found() {
        Message expired = say(1).get(0);
        pass(RETENTION);

        assertThat(store.message("c", expired.id())).isEmpty();
    }

    @Test
    void expired_message_cannot_be_changed() {
        Message expired = say(1).get(0);
        pass(RETENTION);

        assertThat(refusal(() -> store.change(Changes.edit(expired, "alice", "other"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(refusal(() -> store.change(Changes.delete(expired, "alice"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(store.position("c")).isEqualTo(new Position(1, 0));
    }

    @Test
    void expired_message_is_shown_as_its_seq_only() {
        store.create(NewConversation.group("g", "Group", List.of("alice")).withRetention(RETENTION));
        Message last = stored(Drafts.dated("g", "alice", "words", now()));
        assertThat(shown()).isEqualTo(MessagePreview.of(last));
        pass(RETENTION);

        assertThat(shown()).isEqualTo(MessagePreview.of(last).withoutContent());
        assertThat(store.conversation("g").orElseThrow().lastMessage()).isEqualTo(shown());
    }

    private MessagePreview shown() {
        return store.conversations(new ConversationQuery("alice", null, 1))
                .get(0)
                .lastMessage();
    }

    @Test
    void younger_messages_stay() {
        say(3);
        pass(Duration.ofMinutes(30));
        List<Message> younger = say(3);
        pass(Duration.ofMinutes(31));

        assertThat(allOf("c")).isEqualTo(younger);
    }

    @Test
    void pages_are_filled_with_what_is_left() {
        say(3);
        pass(Duration.ofMinutes(30));
        say(4);
        pass(Duration.ofMinutes(31));

        assertThat(page(Anchor.AFTER, 0)).containsExactly(4L, 5L, 6L);
        assertThat(page(Anchor.BEFORE, 6)).containsExactly(4L, 5L);
        assertThat(page(Anchor.LATEST, 0)).containsExactly(5L, 6L, 7L);
    }

    private List<Long> page(Anchor anchor, long seq) {
        return seqs(store.history(new HistoryQuery("c", anchor, seq, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void expired_messages_are_covered(int limit) {
        List<Message> all = say(5);
        changed(Changes.edit(all.get(1), "alice", "other"));
        pass(Duration.ofMinutes(30));
        say(3);
        pass(Duration.ofMinutes(31));
        changed(Changes.edit(allOf("c").get(0), "alice", "other"));

        Replica replica = new Replica(store, "c").catchUp(limit);

        assertThat(replica.messages()).isEqualTo(allOf("c"));
        assertThat(replica.position()).isEqualTo(new Position(8, 2));
    }

    @Test
    void changes_of_expired_messages_are_covered() {
        Message message = say(3).get(0);
        Replica replica = new Replica(store, "c").catchUp(10);
        changed(Changes.edit(message, "alice", "other"));
        pass(RETENTION);

        assertThat(replica.catchUp(10).messages()).extracting(Message::content).doesNotContain("other");
        assertThat(replica.position()).isEqualTo(new Position(3, 1));
    }

    @Test
    void change_does_not_lengthen_a_life() {
        Message message = say(1).get(0);
        pass(Duration.ofMinutes(30));
        changed(Changes.edit(message, "alice", "other"));
        pass(Duration.ofMinutes(31));

        assertThat(allOf("c")).isEmpty();
    }

    @Test
    void sequence_continues_after_everything_has_expired() {
        say(3);
        pass(RETENTION);

        assertThat(store.position("c")).isEqualTo(new Position(3, 0));
        assertThat(seqs(say(2))).containsExactly(4L, 5L);
        assertThat(seqs(allOf("c"))).containsExactly(4L, 5L);
    }

    @Test
    void sequence_continues_on_another_node_after_everything_has_expired() {
        needs(StoreHarness.Capability.MULTI_NODE);
        say(3);
        pass(RETENTION);
        ChatStore other = harness.openAnotherNode();

        assertThat(allOf(other, "c")).isEmpty();
        assertThat(storedIn(other.append(List.of(Drafts.text("c", "bob", "hello")))
                                .get(0))
                        .seq())
                .isEqualTo(4);
    }

    @Test
    void sequence_continues_after_everything_has_expired_and_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        say(3);
        pass(RETENTION);
        harness.restart();
        store = harness.open();

        assertThat(allOf("c")).isEmpty();
        assertThat(seqs(say(1))).containsExactly(4L);
    }

    @Test
    void group_keeps_its_members_when_its_messages_expire() {
        store.create(
                NewConversation.group("g", "Group", List.of("alice", "bob")).withRetention(RETENTION));
        fill("g", 3);
        pass(Duration.ofDays(1));

        assertThat(allOf("g")).isEmpty();
        assertThat(store.conversation("g").orElseThrow().members()).hasSize(2);
    }

    @Test
    void conversation_without_retention_keeps_everything() {
        List<Message> all = fill("other", 3);
        pass(Duration.ofDays(36_500));

        assertThat(allOf("other")).isEqualTo(all);
    }

    /** So many messages of the time that it is for the store. */
    private List<Message> say(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stored(Drafts.dated("c", "alice", String.valueOf(i), now())))
                .toList();
    }

    private Instant now() {
        return harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void pass(Duration time) {
        harness.clock().advance(time);
    }
}
