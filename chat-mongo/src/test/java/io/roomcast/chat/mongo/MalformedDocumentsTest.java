package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Changes;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.StoredReceipts;
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

    static Stream<Arguments> malformedDocuments() {
        return Stream.of(
                malformed("messages", "{_id: " + OID + ", seq: 1000, " + MESSAGE + "}"),
                malformed("messages", "{_id: 7, seq: 1000, " + MESSAGE + "}"),
                malformed("messages", "{_id: {a: 1}, seq: 1000, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 'first', " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: null, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 0, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: -3, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', conversationId: 'g', seq: 1000}"),
                malformed(
                        "messages",
                        "{_id: 'odd', conversationId: 'g', seq: 1000, senderId: 'mallory', content: 'private'}"),
                malformed("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'text'", "{}") + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'private'", "['private']") + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, " + MESSAGE.replace("'mallory'", "5") + "}"),
                malformed(
                        "messages",
                        "{_id: 'odd', seq: 1000, " + MESSAGE.replace("{$date: '2026-03-01T12:00:00Z'}", "'noon'")
                                + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, mentions: 'alice', " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, mentions: [1], " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, reactions: {key: 'x'}, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, reactions: [{key: 'x'}], " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, reactions: ['x'], " + MESSAGE + "}"),
                malformed(
                        "messages",
                        "{_id: 'odd', seq: 1000, deletedAt: {$date: '2026-03-01T12:00:00Z'}, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, fileUrl: 9, " + MESSAGE + "}"),
                malformed("messages", "{_id: 'odd', seq: 1000, version: 'x', " + MESSAGE + "}"),
                malformed("conversations", "{_id: 'odd', title: 'private'}"),
                malformed("conversations", "{_id: 'odd', kind: 'group'}"),
                malformed("conversations", "{_id: 'odd', kind: 'sect', createdAt: {$date: '2026-03-01T12:00:00Z'}}"),
                malformed("conversations", "{_id: 'odd', kind: 5, createdAt: {$date: '2026-03-01T12:00:00Z'}}"),
                malformed("conversations", "{_id: 'odd', kind: 'direct', createdAt: 'noon'}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: 'hello'}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: {seq: 'x'}}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, last: {seq: 5}}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, title: {}}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, version: 'x'}"),
                malformed(
                        "conversations",
                        "{_id: 'odd', kind: 'group', createdAt: {$date: '2026-03-01T12:00:00Z'}, retentionSeconds: 'day'}"),
                malformed("members", "{_id: 1, conversationId: 'g', userId: 'mallory'}"),
                malformed(
                        "members",
                        "{_id: 1, conversationId: 'g', userId: 'mallory', role: 'king', joinedAt: {$date: '2026-03-01T12:00:00Z'}}"),
                malformed(
                        "members",
                        "{_id: 1, conversationId: 'g', userId: 'mallory', role: 'member', joinedAt: 'noon'}"),
                malformed(
                        "members",
                        "{_id: 1, conversationId: 'g', userId: 5, role: 'member', joinedAt: {$date: '2026-03-01T12:00:00Z'}}"),
                malformed("members", "{_id: 1, conversationId: 'g'}"),
                malformed("members", "{_id: 1, conversationId: 17, userId: 'alice', role: 'member'}"),
                malformed("members", "{_id: 1, conversationId: ['h', 'i'], userId: 'alice', role: 'member'}"),
                malformed("members", "{_id: 1, userId: 'alice'}"),
                malformed("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: 5}"),
                malformed("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: {seq: 'x'}}"),
                malformed("receipts", "{_id: 1, conversationId: 'g', userId: 'mallory', read: {seq: 3}}"),
                malformed(
                        "receipts",
                        "{_id: 1, conversationId: 'g', userId: 9, read: {seq: 3, at: {$date: '2026-03-01T12:00:00Z'}}}"),
                malformed(
                        "receipts",
                        "{_id: 1, conversationId: 'g', read: {seq: 3, at: {$date: '2026-03-01T12:00:00Z'}}}"),
                malformed("preferences", "{_id: 1, conversationId: 'g', userId: 'mallory', notify: 5}"),
                malformed("preferences", "{_id: 1, conversationId: 'g', userId: 'mallory', mutedUntil: 'noon'}"),
                malformed("preferences", "{_id: 1, conversationId: 'g', userId: 'mallory', draft: {content: 'x'}}"),
                malformed("preferences", "{_id: 1, conversationId: 5, userId: 'mallory'}"),
                malformed("changes", "{_id: 1, conversationId: 'g', version: 'x'}"),
                malformed("changes", "{_id: 1, conversationId: 'g', version: -1, seq: 'x'}"),
                malformed("changes", "{_id: 1, conversationId: 'g', version: 900, seq: 'x', op: 5}"));
    }

    private static Arguments malformed(String collection, String document) {
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
        store.changePreferences(new PreferencesUpdate(
                "bob",
                "g",
                Set.of(Preference.UNREAD_FROM),
                new Preferences(NotifyLevel.ALL, null, false, false, 2L, null, 0),
                null));
        store.conversation("g");
    }

    @ParameterizedTest
    @MethodSource("malformedDocuments")
    void reads_skip_them(String collection, String document) {
        Map<String, Object> before = readings(openStore());
        Document malformed = Document.parse(document);
        database.getCollection(collection).insertOne(malformed);
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
                            "Skipped document BsonObjectId{value=65f0a0a0a0a0a0a0a0a0a0a0} of the collection messages, which"
                                    + " cannot be read (field _id has another type)");
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
        found.put("message malformed", store.message("g", "odd"));
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
        found.put("conversation malformed", store.conversation("odd"));
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
        found.put("member malformed", store.member("g", "mallory"));
        found.put("receipts", Set.copyOf(StoredReceipts.of(store, "g")));
        found.put("receipts of", Set.copyOf(store.receiptsOf("bob", List.of("g", "odd"))));
        found.put("preferences", store.preferences("bob", List.of("g", "odd")));
        found.put("preferences malformed", store.preferences("mallory", List.of("g")));
        found.put("settings", store.settings(List.of("bob", "mallory")));
        found.put("receipts of malformed", Set.copyOf(store.receiptsOf("mallory", List.of("g"))));
        return found;
    }

    private static List<String> ids(MongoChatStore store) {
        return store.history(new HistoryQuery("g", Anchor.AFTER, 0, 100)).stream()
                .map(Message::id)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("malformedDocuments")
    void writes_succeed_beside_them(String collection, String document) {
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
    void malformed_row_with_the_next_version_does_not_block_changes() {
        database.getCollection("changes")
                .insertOne(
                        Document.parse("{_id: 1, conversationId: 'g', version: {$numberLong: '6'}, seq: 'x', op: 5}"));
        Message first = store.history(new HistoryQuery("g", Anchor.AFTER, 0, 1)).get(0);

        assertThat(store.change(Changes.react(first, "alice", "y")).message().version())
                .isEqualTo(7);
    }
}
