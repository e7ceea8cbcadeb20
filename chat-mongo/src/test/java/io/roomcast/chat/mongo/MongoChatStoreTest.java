package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.mongo.Heads.Head;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoChatStoreTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void message_too_large_for_the_database_does_not_fail_its_batch() {
        MongoChatStore store = openStore();

        List<AppendResult> results = store.append(List.of(
                Drafts.text("c", "alice", "before"),
                Drafts.text("c", "alice", "x".repeat(17 << 20)),
                Drafts.text("c", "alice", "after")));

        assertThat(results.get(0)).isInstanceOf(AppendResult.Stored.class);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        AppendResult.Failed.class,
                        failed -> assertThat(failed.cause().code()).isEqualTo(ErrorCode.MESSAGE_TOO_LONG));
        assertThat(results.get(2)).isInstanceOf(AppendResult.Stored.class);
        assertThat(allOf(store, "c")).extracting(Message::content).containsExactly("before", "after");
    }

    @Test
    void empty_batch_has_no_results() {
        assertThat(openStore().append(List.of())).isEmpty();
    }

    @Test
    void conversation_and_members_have_the_fields_of_the_wire() {
        MongoChatStore store = MongoChatStore.builder(client)
                .database(database.getName())
                .clock(Clock.fixed(NOON, ZoneOffset.UTC))
                .build();
        store.create(NewConversation.group("g", "Group", List.of("alice")));

        assertThat(database.getCollection("conversations").find())
                .containsExactly(new Document("_id", "g")
                        .append("kind", "group")
                        .append("title", "Group")
                        .append("createdAt", Date.from(NOON))
                        .append("last", new Document("seq", 0L).append("createdAt", Date.from(NOON))));
        assertThat(database.getCollection("members").find().projection(new Document("_id", 0)))
                .containsExactly(new Document("userId", "alice")
                        .append("role", "owner")
                        .append("joinedAt", Date.from(NOON))
                        .append("conversationId", "g"));
    }

    @Test
    void creation_that_was_cut_short_is_completed_by_the_next() {
        MongoChatStore store = openStore();
        NewConversation group = NewConversation.group("g", "Group", List.of("alice", "bob"));
        List<Document> initialMembers =
                Members.initialMembers(group, NOON).stream().map(Members::write).toList();
        database.getCollection("conversations")
                .insertOne(new Document("_id", "g")
                        .append("kind", "group")
                        .append("founders", initialMembers)
                        .append("createdAt", Date.from(NOON)));

        assertThat(store.create(group).members())
                .containsExactly(new Member("alice", Role.OWNER, NOON), new Member("bob", Role.MEMBER, NOON));
        store.removeMember("g", "bob");
        assertThat(store.create(group).members()).hasSize(1);
    }

    @Test
    void unknown_fields_of_a_conversation_are_ignored() {
        MongoChatStore store = openStore();
        append(store, Drafts.text("c", "alice", "hello"));
        database.getCollection("conversations")
                .updateOne(
                        new Document("_id", "c"),
                        new Document("$set", new Document("future", 1).append("last.future", 1)));

        assertThat(store.conversation("c")).isPresent();
    }

    @Test
    void messages_expire_only_in_conversations_with_retention() {
        MongoChatStore store = openStore();
        store.create(NewConversation.open("short").withRetention(Duration.ofHours(1)));
        Message expiring = storedBy(store, Drafts.text("short", "alice", "hello"));
        Message lasting = storedBy(store, Drafts.text("long", "alice", "hello"));

        assertThat(stored(expiring))
                .containsEntry("expiresAt", Date.from(expiring.createdAt().plusSeconds(3600)));
        assertThat(stored(lasting)).doesNotContainKey("expiresAt");
    }

    @Test
    void change_keeps_the_time_of_expiry() {
        MongoChatStore store = openStore();
        store.create(NewConversation.open("c").withRetention(Duration.ofHours(1)));
        Message expiring = storedBy(store, Drafts.text("c", "alice", "hello"));
        store.change(Changes.edit(expiring, "alice", "other"));

        assertThat(stored(expiring))
                .containsEntry("expiresAt", Date.from(expiring.createdAt().plusSeconds(3600)));
    }

    private Document stored(Message message) {
        return database.getCollection("messages")
                .find(new Document("_id", message.id()))
                .first();
    }

    @Test
    void retention_that_another_node_sets_meanwhile_is_seen() {
        ConversationDocuments conversations = new ConversationDocuments(database.getCollection("conversations"));
        conversations.create(NewConversation.open("c").withRetention(Duration.ofHours(1)), NOON);

        assertThat(conversations.createOpen(Map.of("c", NOON))).isFalse();
        assertThat(conversations.createOpen(Map.of("d", NOON))).isTrue();
        assertThat(conversations.head("c")).contains(new Head(0, 0, Duration.ofHours(1)));
    }

    @Test
    void receipts_have_the_fields_of_the_wire() {
        MongoChatStore store = openStore();
        store.mark(List.of(Receipt.delivered("c", "alice", 5, NOON), Receipt.read("c", "alice", 3, NOON)));

        assertThat(database.getCollection("receipts").find().projection(new Document("_id", 0)))
                .containsExactly(new Document("conversationId", "c")
                        .append("userId", "alice")
                        .append("delivered", place(5))
                        .append("read", place(3)));
    }

    private static Document place(long seq) {
        return new Document("seq", seq)
                .append("earliness", -NOON.toEpochMilli())
                .append("at", Date.from(NOON));
    }
}
