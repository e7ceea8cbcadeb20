package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that mention users. */
abstract class MentionContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    MentionContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @BeforeEach
    void createGroup() {
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob", "carol")));
    }

    private Message send(String conversationId, String senderId, String... mentions) {
        return send(conversationId, senderId, T, mentions);
    }

    private Message send(String conversationId, String senderId, Instant at, String... mentions) {
        MessageDraft plain = Drafts.dated(conversationId, senderId, "hello", at);
        return stored(new MessageDraft(
                plain.id(),
                plain.conversationId(),
                plain.senderId(),
                plain.clientMessageId(),
                new MessageBody(MessageType.TEXT, "hello", List.of(), null, List.of(mentions), null),
                plain.createdAt()));
    }

    private List<Message> mentionsOf(String userId) {
        return store.mentions(new MentionQuery(userId, null, ALL));
    }

    private List<Long> counts(String conversationId, long afterSeq, String... userIds) {
        return store.countMentions(List.of(userIds).stream()
                .map(userId -> new MentionCountQuery(userId, conversationId, afterSeq))
                .toList());
    }

    @Test
    void user_is_mentioned_by_id_and_with_all_members() {
        send("g", "alice");
        Message one = send("g", "alice", T.plusMillis(1), "bob");
        Message all = send("g", "alice", T.plusMillis(2), MessageBody.MENTION_ALL);
        Message both = send("g", "alice", T.plusMillis(3), MessageBody.MENTION_ALL, "bob", "carol");

        assertThat(mentionsOf("bob")).containsExactly(both, all, one);
        assertThat(mentionsOf("carol")).containsExactly(both, all);
        assertThat(counts("g", 0, "bob", "carol", "alice")).containsExactly(3L, 2L, 0L);
    }

    @Test
    void own_messages_mention_no_one_else_than_others() {
        send("g", "alice", "alice", MessageBody.MENTION_ALL);

        assertThat(mentionsOf("alice")).isEmpty();
        assertThat(counts("g", 0, "alice", "bob")).containsExactly(0L, 1L);
    }

    @Test
    void messages_up_to_a_number_are_not_counted() {
        IntStream.range(0, 6).forEach(i -> send("g", "alice", i % 2 == 0 ? "bob" : "carol"));

        for (int after = 0; after <= 7; after++) {
            assertThat(counts("g", after, "bob", "carol"))
                    .containsExactly((long) Math.max(0, (6 - after) / 2), (long) Math.max(0, (7 - after) / 2));
        }
    }

    @Test
    void each_of_many_counts_is_that_of_its_conversation_and_number() {
        for (int i = 0; i < 250; i++) {
            send("room-" + i, "alice", "bob");
            send("room-" + i, "alice", "bob");
        }
        List<MentionCountQuery> queries = IntStream.range(0, 250)
                .mapToObj(i -> new MentionCountQuery(i % 5 == 0 ? "carol" : "bob", "room-" + i, i % 3))
                .toList();

        assertThat(store.countMentions(queries))
                .isEqualTo(IntStream.range(0, 250)
                        .mapToObj(i -> i % 5 == 0 ? 0L : 2L - i % 3)
                        .toList());
        assertThat(store.countMentions(List.of())).isEmpty();
    }

    @Test
    void only_members_are_mentioned_with_all_members() {
        store.create(NewConversation.group("h", "Other", List.of("alice", "carol")));
        send("h", "alice", MessageBody.MENTION_ALL);
        send("lobby", "alice", MessageBody.MENTION_ALL);
        Message named = send("h", "alice", "bob");

        assertThat(mentionsOf("bob")).containsExactly(named);
        assertThat(mentionsOf("carol")).hasSize(1);
        store.removeMember("h", "carol");
        assertThat(mentionsOf("carol")).isEmpty();
    }

    @Test
    void deleted_and_trimmed_messages_mention_no_one() {
        Message deleted = send("g", "alice", "bob");
        Message edited = send("g", "alice", "bob");
        changed(Changes.delete(deleted, "alice"));
        Message after = changed(Changes.edit(edited, "alice", "other"));

        assertThat(mentionsOf("bob")).containsExactly(after);
        assertThat(counts("g", 0, "bob")).containsExactly(1L);
        store.trim("g", 2);
        assertThat(mentionsOf("bob")).isEmpty();
        assertThat(counts("g", 0, "bob")).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pages_meet_without_overlap_or_hole(int limit) {
        for (int i = 0; i < 12; i++) {
            send(i % 2 == 0 ? "g" : "room", "alice", T.plusMillis(i / 3), i % 2 == 0 ? MessageBody.MENTION_ALL : "bob");
        }
        List<Message> read = new ArrayList<>();
        MentionQuery query = new MentionQuery("bob", null, limit);
        List<Message> page = store.mentions(query);
        while (!page.isEmpty()) {
            read.addAll(page);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            query = query.after(MentionQuery.Cursor.of(page.get(page.size() - 1)));
            page = store.mentions(query);
        }

        assertThat(read).isEqualTo(mentionsOf("bob")).hasSize(12).doesNotHaveDuplicates();
        assertThat(read).extracting(Message::createdAt).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void expired_messages_mention_no_one() {
        needs(StoreHarness.Capability.CLOCK);
        Instant now = harness.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        store.create(
                NewConversation.group("short", "Short", List.of("alice", "bob")).withRetention(Duration.ofHours(1)));
        send("short", "alice", now, "bob");
        Message kept = send("g", "alice", now, "bob");
        harness.clock().advance(Duration.ofHours(2));

        assertThat(mentionsOf("bob")).containsExactly(kept);
        assertThat(counts("short", 0, "bob")).containsExactly(0L);
    }

    @Test
    void erased_user_is_mentioned_no_more() {
        send("g", "alice", "bob", "carol");
        send("g", "bob", "carol");
        store.eraseUser("bob");

        assertThat(mentionsOf("bob")).isEmpty();
        assertThat(counts("g", 0, "bob", "carol")).containsExactly(0L, 1L);
        store.addMembers("g", Set.of("bob"));
        assertThat(mentionsOf("bob")).isEmpty();
    }
}
