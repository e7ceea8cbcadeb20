package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How single messages expire, by the store's clock, among others that do not. */
abstract class ExpiryContract extends StoreCase {
    private static final Duration LIFE = Duration.ofMinutes(10);

    ExpiryContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createGroup() {
        needs(StoreHarness.Capability.CLOCK);
        store.create(NewConversation.group("c", "Group", List.of("alice", "bob")));
    }

    private Instant now() {
        return harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private MessageDraft draft(String content, @Nullable Duration life) {
        MessageDraft draft = Drafts.dated("c", "alice", content, now());
        return life == null ? draft : draft.expiringBy(now().plus(life));
    }

    private Message lasting(String content) {
        return stored(draft(content, null));
    }

    private Message expiring(String content) {
        return stored(draft(content, LIFE));
    }

    @Test
    void message_is_returned_with_its_time_until_then() {
        MessageDraft draft = draft("x", LIFE);
        Message message = stored(draft);
        harness.clock().advance(LIFE.minusSeconds(30));

        assertThat(message.expiresAt()).isEqualTo(draft.expiresAt());
        assertThat(allOf("c")).containsExactly(message);
        assertThat(store.message("c", message.id())).contains(message);
    }

    @Test
    void expired_message_is_returned_by_no_method() {
        Message first = lasting("first");
        Message expired = expiring("expired");
        Message third = lasting("third");
        changed(Changes.pin(expired, "bob"));
        Message pinned = changed(Changes.pin(third, "bob"));
        Replica replica = new Replica(store, "c");
        harness.clock().advance(LIFE);

        assertThat(allOf("c")).containsExactly(first, pinned);
        assertThat(store.message("c", expired.id())).isEmpty();
        assertThat(store.pins("c")).containsExactly(pinned);
        assertThat(replica.catchUp(10).messages()).containsExactly(first, pinned);
        assertThat(replica.position()).isEqualTo(new Position(3, 2));
    }

    @ParameterizedTest
    @EnumSource
    void expired_message_is_in_no_page(Anchor anchor) {
        lasting("first");
        expiring("expired");
        lasting("third");
        harness.clock().advance(LIFE);

        long seq = anchor == Anchor.AFTER ? 0 : anchor == Anchor.BEFORE ? 4 : 2;
        assertThat(seqs(store.history(new HistoryQuery("c", anchor, seq, 10)))).containsExactly(1L, 3L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void pages_are_filled_with_what_is_left(int limit) {
        for (int i = 0; i < 4; i++) {
            lasting("lasting");
            expiring("expired");
            expiring("expired");
        }
        harness.clock().advance(LIFE);
        List<Long> left = List.of(1L, 4L, 7L, 10L);
        int size = Math.min(limit, left.size());

        assertThat(page(Anchor.AFTER, 0, limit)).isEqualTo(left.subList(0, size));
        assertThat(page(Anchor.LATEST, 0, limit)).isEqualTo(left.subList(left.size() - size, left.size()));
        assertThat(page(Anchor.BEFORE, 10, limit)).isEqualTo(List.of(1L, 4L, 7L).subList(Math.max(0, 3 - limit), 3));
        assertThat(page(Anchor.AFTER, 5, 1)).containsExactly(7L);
    }

    private List<Long> page(Anchor anchor, long seq, int limit) {
        return seqs(store.history(new HistoryQuery("c", anchor, seq, limit)));
    }

    @Test
    void expired_message_cannot_be_changed() {
        Message expired = expiring("expired");
        harness.clock().advance(LIFE);

        for (Change change : List.of(
                Changes.edit(expired, "alice", "other"),
                Changes.delete(expired, "alice"),
                Changes.react(expired, "bob", "x"),
                Changes.pin(expired, "bob"))) {
            assertThat(refusal(() -> store.change(change))).isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        }
        assertThat(store.position("c")).isEqualTo(new Position(1, 0));
    }

    @Test
    void change_does_not_lengthen_a_life() {
        Message message = expiring("x");
        harness.clock().advance(LIFE.dividedBy(2));
        Message edited = changed(Changes.edit(message, "alice", "other"));
        assertThat(edited.expiresAt()).isEqualTo(message.expiresAt());
        assertThat(changed(Changes.delete(message, "alice")).expiresAt()).isEqualTo(message.expiresAt());
        harness.clock().advance(LIFE);

        assertThat(allOf("c")).isEmpty();
    }

    @Test
    void list_shows_nothing_of_an_expired_message() {
        Message last = expiring("words");
        eventually(() -> assertThat(shown()).isEqualTo(MessagePreview.of(last)));
        harness.clock().advance(LIFE);

        assertThat(shown()).isEqualTo(MessagePreview.of(last).withoutContent());
        assertThat(store.conversation("c").orElseThrow().lastMessage()).isEqualTo(shown());
    }

    private MessagePreview shown() {
        return store.conversations(new ConversationQuery("alice", null, 1))
                .get(0)
                .lastMessage();
    }

    @Test
    void sequence_continues_on_each_node() {
        lasting("first");
        expiring("expired");
        expiring("expired");
        harness.clock().advance(LIFE.plusDays(1));

        assertThat(store.position("c")).isEqualTo(new Position(3, 0));
        assertThat(lasting("next").seq()).isEqualTo(4);
        assertThat(seqs(allOf("c"))).containsExactly(1L, 4L);
        if (harness.capabilities().contains(StoreHarness.Capability.MULTI_NODE)) {
            ChatStore other = harness.openAnotherNode();
            assertThat(storedIn(other.append(List.of(draft("other", null))).get(0))
                            .seq())
                    .isEqualTo(5);
            assertThat(seqs(allOf(other, "c"))).containsExactly(1L, 4L, 5L);
        }
    }

    @Test
    void expiry_outlasts_a_restart() {
        needs(StoreHarness.Capability.RESTART);
        lasting("first");
        Message message = expiring("x");
        harness.restart();
        store = harness.open();
        assertThat(allOf("c")).contains(message);
        harness.clock().advance(LIFE);

        assertThat(seqs(allOf("c"))).containsExactly(1L);
        assertThat(lasting("next").seq()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, PT10M, PT1M", "PT10M, PT1M, PT1M"})
    void earlier_of_two_times_counts(Duration retention, Duration life, Duration expected) {
        store.create(NewConversation.open("r").withRetention(retention));
        Instant createdAt = now();
        MessageDraft draft = Drafts.dated("r", "alice", "x", createdAt).expiringBy(createdAt.plus(life));
        Message message = stored(draft);

        assertThat(message.expiresAt()).isEqualTo(createdAt.plus(expected));
        harness.clock().advance(expected);
        assertThat(allOf("r")).isEmpty();
    }

    @Test
    void user_whose_messages_expired_is_erased() {
        lasting("words");
        expiring("words");
        harness.clock().advance(LIFE);
        store.eraseUser("alice");

        assertThat(allOf("c")).singleElement().returns("", Message::content);
        assertThat(String.valueOf(store.conversation("c").orElseThrow())).doesNotContain("alice", "words");
    }
}
