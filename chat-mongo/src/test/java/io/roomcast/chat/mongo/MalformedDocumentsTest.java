package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that another program wrote into a chat's collections. */
class MalformedDocumentsTest extends MongoCase {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String OID = "{$oid: '65f0a0a0a0a0a0a0a0a0a0a0'}";
    private static final String MESSAGE =
            "conversationId: 'g', senderId: 'mallory', clientMessageId: 'k', type: 'text',"
                    + " content: 'private', createdAt: {$date: '2026-03-01T12:00:00Z'}";

    private MongoChatStore store;

    static Stream<Arguments> oddDocuments() {
        return Stream.of(
                odd("messages", "{_id: " + OID + ", seq: 1000, " + MESSAGE + "}"),
                odd("messages", "{_id: 7, seq: 1000, " + MESSAGE + "}"),
                odd("messages", "{_id: {a: 1}, seq: 1000, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 'first', " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: null, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 0, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: -3, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', conversationId: 'g', seq: 1000}"),
                odd(
                        "messages",
                        "{_id: 'odd', conversationId: 'g', seq: 1000, senderId: 'mallory', content: 'private'}"),
                odd("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'text'", "{}") + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'private'", "['private']") + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'mallory'", "5") + "}"),
                odd(
                        "messages",
                        "{_id: 'odd', seq: 1000, " + MESSAGE.replace("{$date: '2026-03-01T12:00:00Z'}", "'noon'")
                                + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, mentions: 'alice', " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, mentions: [1], " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, reactions: {key: 'x'}, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, reactions: [{key: 'x'}], " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, reactions: ['x'], " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, deletedAt: {$date: '2026-03-01T12:00:00Z'}, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, fileUrl: 9, " + MESSAGE + "}"),
                odd("messages", "{_id: 'odd', seq: 1000, version: 'x', " + MESSAGE + "}"),
                odd("conversations", "{_id: 'odd', title: 'private'}"),
                odd("conversations", "{_id: 'odd', kind: 'group'}"),
                odd("conversations", "{_id: 'odd', kind: 'sect', createdAt: {$date: '2026-03-01T12:00:00Z'}}"),
                odd("conversations", "{_id: 'odd', kind: 5, createdAt: {$date: '2026-03-01T12:00:00Z'}}"),
                odd("conversations", "{_id: 'odd', kind: 'direct', createdAt: 'noon'}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: 'hello'}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: {seq: 'x'}}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: {seq: 5}}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, title: {}}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, version: 'x'}"),
                odd(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, retentionSeconds: 'day'}"),
                odd("members", "{_id: 1, conversationId: 'g', userId: 'mallory'}"),
                odd(
                        "members",
                        "{_id: 1, conversationId: 'g', userId: 'mallory', role: 'king', joinedAt: {$date: '2026-03-01T12:00:00Z'}}"),
                odd("members", "{_id: 1, conversationId: 'g', userId: 'mallory', role: 'member', joinedAt: 'noon'}"),
                odd(
                        "members",
                        "{_id: 1, conversationId: 'g', userId: 5, role: 'member', joinedAt: {$date: '2026-03-01T12:00:00Z'}}"),
                odd("members", "{_id: 1, conversationId: 'g'}"),
                odd("members", "{_id: 1, conversationId: 17, userId: 'alice', role: 'member'}"),
                odd("members", "{_id: 1, conversationId: ['h', 'i'], userId: 'alice', role: 'member'}"),
                odd("members", "{_id: 1, userId: 'alice'}"),
                odd("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: 5}"),
                odd("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: {seq: 'x'}}"),
                odd("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: {seq: 3}}"),
                odd(
                        "receipts",
                        "{_id: 1, conversationId: 'g', userId: 9, read: {seq: 3, at: {$date: '2026-03-01T12:00:00Z'}}}"),
                odd("receipts", "{_id: 1, conversationId: 'g', read: {seq: 3, at: {$date: '2026-03-01T12:00:00Z'}}}"),
                odd("changes", "{_id: 1, conversationId: 'g', version: 'x'}"),
                odd("changes", "{_id: 1, conversationId: 'g', version: -1, seq: 'x'}"),
                odd("changes", "{_id: 1, conversationId: 'g', version: 900, seq: 'x', op: 5}"));
    }

    private static Arguments odd(String collection, String document) {
        return Arguments.of(collection, document);
    }

    @BeforeEach
    void live() {
        store = openStore();
        store.create(NewConversation.group("g", "Group", List.of("alice", "bob")));
        store.create(NewConversation.direct("alice", "bob"));
        for (int i = 0; i < 5; i++) {
            Message message = storedBy(store, Drafts.text("g", "alice", "hello"));
            store.change(Changes.react(message, "bob", "x"));
        }
        store.mark(List.of(Receipt.read("g", "bob", 3, NOON)));
        store.conversation("g");
    }

    @ParameterizedTest
    @MethodSource("oddDocuments")
    void reading_goes_on_without_them(String collection, String document) {
        Map<String, Object> before = readings(openStore());
        Document odd = Document.parse(document);
        database.getCollection(collection).insertOne(odd);
        database.getCollection("members")
                .insertOne(Document.parse("{conversationId: 'odd', userId: 'alice', role: 'member'}")
                        .append("joinedAt", java.util.Date.from(NOON)));
        MongoChatStore other = openStore();
        try (Log log = Log.capture()) {
            assertThat(readings(other)).containsExactlyEntriesOf(before);
            readings(other);

            assertThat(log.lines())
                    .as("warnings")
                    .hasSizeLessThanOrEqualTo(3)
                    .allMatch(line -> line.contains("WARN") && line.contains("cannot be read"))
                    .noneMatch(line -> line.contains("private"));
        }
    }

    @Test
    void warning_names_the_document() {
        database.getCollection("messages").insertOne(Document.parse("{_id: " + OID + ", seq: 1000, " + MESSAGE + "}"));
        try (Log log = Log.capture()) {
            IntStream.range(0, 10).forEach(i -> store.history(new HistoryQuery("g", Anchor.LATEST, 0, 10)));

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "Document BsonObjectId{value=65f0a0a0a0a0a0a0a0a0a0a0} of the collection messages cannot be"
                                    + " read (field _id has another type) and is left out");
        }
    }

    private static Map<String, Object> readings(MongoChatStore store) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (Anchor anchor : Anchor.values()) {
            found.put("history " + anchor, store.history(new HistoryQuery("g", anchor, 3, 4)));
        }
        found.put("before the end", store.history(new HistoryQuery("g", Anchor.BEFORE, 2_000, 4)));
        found.put(
                "messages",
                ids(store).stream().map(id -> store.message("g", id)).toList());
        found.put("message odd", store.message("g", "odd"));
        found.put("position version", store.position("g").version());
        found.put(
                "positions version",
                store.positions(List.of("g", "odd")).get("g").version());
        found.put(
                "catch up",
                store.catchUp(List.of(new CatchUpQuery("g", new Position(2, 2), 3)))
                        .get(0)
                        .messages());
        found.put("conversation", store.conversation("g").orElseThrow().members());
        found.put("conversation odd", store.conversation("odd"));
        found.put(
                "list",
                store.conversations(new ConversationQuery("alice", null, 10)).stream()
                        .map(conversation -> conversation.conversationId())
                        .toList());
        found.put(
                "list of two",
                store.conversations(new ConversationQuery("alice", null, 2)).size());
        found.put("member", store.member("g", "alice"));
        found.put(
                "memberships", store.membershipsOf("alice", List.of("g", "odd")).get("g"));
        found.put("kinds", store.kinds(List.of("g")));
        found.put("members", store.members("g"));
        found.put("member odd", store.member("g", "mallory"));
        found.put("receipts", Set.copyOf(store.receipts("g")));
        found.put("receipts of", Set.copyOf(store.receiptsOf("bob", List.of("g", "odd"))));
        found.put("receipts of odd", Set.copyOf(store.receiptsOf("mallory", List.of("g"))));
        return found;
    }

    private static List<String> ids(MongoChatStore store) {
        return store.history(new HistoryQuery("g", Anchor.AFTER, 0, 100)).stream()
                .map(Message::id)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("oddDocuments")
    void writing_goes_on_beside_them(String collection, String document) {
        database.getCollection(collection).insertOne(Document.parse(document));
        MongoChatStore other = openStore();

        for (int i = 0; i < 2; i++) {
            assertThat(append(other, Drafts.text("g", "bob", "hello"))).isInstanceOf(AppendResult.Stored.class);
        }
        Message first = other.history(new HistoryQuery("g", Anchor.AFTER, 0, 1)).get(0);
        assertThat(other.change(Changes.react(first, "alice", "y")).changed()).isTrue();
        other.addMembers("g", Set.of("carol", "mallory"));
        assertThat(other.update(new ConversationUpdate("g", "Other", null, NOON)))
                .isPresent();
        other.update(new ConversationUpdate("odd", "Other", null, NOON));
        other.mark(List.of(Receipt.read("g", "carol", 1, NOON)));
        other.trim("g", 3);
        assertThat(new ArrayList<>(other.history(new HistoryQuery("g", Anchor.AFTER, 0, 2))))
                .extracting(Message::seq)
                .startsWith(4L);
        other.eraseUser("mallory");
        other.eraseUser("alice");
    }

    @Test
    void odd_row_in_the_place_of_the_next_change_holds_nothing_up() {
        database.getCollection("changes")
                .insertOne(
                        Document.parse("{_id: 1, conversationId: 'g', version: {$numberLong: '6'}, seq: 'x', op: 5}"));
        Message first = store.history(new HistoryQuery("g", Anchor.AFTER, 0, 1)).get(0);

        assertThat(store.change(Changes.react(first, "alice", "y")).message().version())
                .isEqualTo(7);
    }
}
