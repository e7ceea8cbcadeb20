package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's list of conversations. */
abstract class ConversationListContract extends StoreCase {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    ConversationListContract(Supplier<StoreHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void user_without_conversations_has_an_empty_list() {
        createGroup("g");
        store.create(NewConversation.open("lobby"));
        fill("room", 1);

        assertThat(listOf("mallory")).isEmpty();
    }

    @Test
    void list_has_groups_and_direct_conversations() {
        createGroup("g");
        String direct = store.create(NewConversation.direct("bob", "alice")).conversationId();

        assertThat(listOf("alice")).containsExactlyInAnyOrder("g", direct);
        assertThat(listOf("bob")).containsExactlyInAnyOrder("g", direct);
    }

    @Test
    void most_lively_stands_first() {
        talkIn("old", T);
        talkIn("newest", T.plusMillis(2));
        talkIn("new", T.plusMillis(1));

        eventually(() -> assertThat(listOf("alice")).containsExactly("newest", "new", "old"));
    }

    @Test
    void message_brings_its_conversation_to_the_front() {
        talkIn("a", T);
        talkIn("b", T.plusMillis(1));
        stored(Drafts.dated("a", "alice", "again", T.plusMillis(2)));

        eventually(() -> assertThat(listOf("alice")).containsExactly("a", "b"));
    }

    @Test
    void change_leaves_its_conversation_where_it_is() {
        Message message = talkIn("a", T);
        talkIn("b", T.plusMillis(1));
        Message edited = changed(Changes.edit(message, "alice", "other"));

        eventually(() -> assertThat(page("alice", null, 10))
                .satisfiesExactly(
                        first -> assertThat(first.conversationId()).isEqualTo("b"),
                        second -> assertThat(second.position()).isEqualTo(new Position(1, edited.version()))));
    }

    @Test
    void conversation_without_messages_stands_by_its_creation() {
        createGroup("silent");
        Instant madeAt = store.conversation("silent").orElseThrow().createdAt();
        talkIn("earlier", madeAt.minusMillis(1));
        talkIn("later", madeAt.plusMillis(1));

        eventually(() -> assertThat(listOf("alice")).containsExactly("later", "silent", "earlier"));
    }

    @Test
    void equal_times_stand_in_the_order_of_their_ids() {
        List.of("c", "a", "d", "b").forEach(id -> talkIn(id, T));

        eventually(() -> assertThat(listOf("alice")).containsExactly("a", "b", "c", "d"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12, 100})
    void pages_meet_without_overlap_or_hole(int limit) {
        List<String> ids = IntStream.range(10, 22).mapToObj(i -> "c" + i).toList();
        ids.forEach(id -> talkIn(id, T.plusMillis(ids.indexOf(id) / 5)));
        List<String> expected = ids.stream()
                .sorted(Comparator.<String>comparingInt(id -> -(ids.indexOf(id) / 5))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();

        eventually(() -> assertThat(pagesOf("alice", limit)).isEqualTo(expected));
    }

    @Test
    void page_after_the_last_conversation_is_empty() {
        talkIn("a", T);

        eventually(() -> assertThat(page("alice", new Cursor(T, "a"), 10)).isEmpty());
    }

    @Test
    void cursor_need_not_be_in_the_list() {
        talkIn("a", T);
        talkIn("c", T);

        eventually(() -> assertThat(page("alice", new Cursor(T, "b"), 10))
                .extracting(Conversation::conversationId)
                .containsExactly("c"));
    }

    @Test
    void conversation_that_a_user_left_is_not_in_the_list() {
        createGroup("left");
        createGroup("kept");
        store.removeMember("left", "bob");

        assertThat(listOf("bob")).containsExactly("kept");
        assertThat(listOf("alice")).containsExactlyInAnyOrder("left", "kept");
    }

    @Test
    void conversation_that_a_user_joins_is_in_the_list() {
        createGroup("g");
        store.addMembers("g", Set.of("carol"));
        assertThat(listOf("carol")).containsExactly("g");

        store.removeMember("g", "carol");
        store.addMembers("g", Set.of("carol"));
        assertThat(listOf("carol")).containsExactly("g");
    }

    @Test
    void list_has_what_is_stored_of_a_conversation() {
        createGroup("g");
        fill("g", 3);
        Conversation updated = store.update(new ConversationUpdate("g", "Other", "{\"a\": 1}", Drafts.now()))
                .orElseThrow();

        eventually(() -> assertThat(page("alice", null, 10))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("members", "lastMessage")
                .isEqualTo(updated));
    }

    @Test
    void list_names_the_members_of_direct_conversations_only() {
        createGroup("g");
        store.create(NewConversation.direct("alice", "bob"));

        assertThat(page("alice", null, 10))
                .allSatisfy(found -> assertThat(found.members())
                        .extracting(Member::userId)
                        .containsExactlyInAnyOrderElementsOf(
                                found.conversationId().equals("g") ? List.of() : List.of("alice", "bob")));
    }

    private void createGroup(String conversationId) {
        store.create(NewConversation.group(conversationId, "Group", List.of("alice", "bob")));
    }

    /** A group in which something was said at the given time. */
    private Message talkIn(String conversationId, Instant at) {
        createGroup(conversationId);
        return stored(Drafts.dated(conversationId, "alice", "hello", at));
    }

    private List<String> listOf(String userId) {
        return page(userId, null, 100).stream()
                .map(Conversation::conversationId)
                .toList();
    }

    private List<String> pagesOf(String userId, int limit) {
        List<String> read = new ArrayList<>();
        List<Conversation> page = page(userId, null, limit);
        while (!page.isEmpty() && read.size() < 100) {
            page.forEach(found -> read.add(found.conversationId()));
            page = page(userId, page.get(page.size() - 1).cursor(), limit);
        }
        return read;
    }

    private List<Conversation> page(String userId, @Nullable Cursor after, int limit) {
        List<Conversation> page = store.conversations(new ConversationQuery(userId, after, limit));
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        return page;
    }
}
