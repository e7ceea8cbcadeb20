package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.IndexOptions;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest extends MongoCase {
    private static final int CONVERSATIONS = 2 * Sweep.STEP + 10;

    private final MovableClock clock = new MovableClock();

    @Test
    void new_database_has_the_version_of_the_release() {
        openStore();

        assertThat(schema())
                .isEqualTo(new Document("_id", "schema").append("version", 2L).append("minReader", 1L));
        assertThat(database.getCollection("meta").countDocuments()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "9, 7"})
    void database_that_only_newer_releases_can_read_is_refused(long version, long minReader) {
        openStore();
        setSchema(version, minReader);
        commands.clear();

        assertThatIllegalStateException()
                .isThrownBy(this::openStore)
                .withMessage(
                        "the database %s has schema version %d, which requires a release that knows version %d or later"
                                + " (this one knows version 2); start a newer release, or use a backup from before the"
                                + " upgrade",
                        database.getName(), version, minReader);
        assertThat(commands.names()).doesNotContain("insert", "update", "findAndModify", "createIndexes");
    }

    @Test
    void newer_database_that_this_release_can_read_stays_as_it_is() {
        openStore();
        setSchema(9, 2);

        append(openStore(), Drafts.text("c", "alice", "hello"));

        assertThat(schema().getLong("version")).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{version: 'two', minReader: 1}", "{version: 2}"})
    void schema_in_another_form_is_refused(String stored) {
        database.getCollection("meta").insertOne(Document.parse(stored).append("_id", "schema"));

        assertThatIllegalStateException()
                .isThrownBy(this::openStore)
                .withMessageContaining("the document schema in " + database.getName() + ".meta has no number");
    }

    private void setSchema(long version, long minReader) {
        database.getCollection("meta")
                .updateOne(
                        new Document("_id", "schema"),
                        new Document("$set", new Document("version", version).append("minReader", minReader)));
    }

    private Document schema() {
        return database.getCollection("meta")
                .find(new Document("_id", "schema"))
                .first();
    }

    @Test
    void database_of_version_1_is_migrated() {
        createVersion1();

        MongoChatStore store = openStore();

        assertMigrated(store);
        assertThat(database.getCollection("meta").countDocuments(new Document("_id", "migration")))
                .as("leases that were not given back")
                .isZero();
    }

    @Test
    void migration_that_is_killed_after_any_command_is_completed_by_the_next_start() {
        int command = 0;
        while (!startsWith(command)) {
            clock.advance(Lease.DURATION.plusSeconds(1));
            assertMigrated(builder().clock(clock).build());
            database.drop();
            command++;
        }
        assertThat(command).isGreaterThan(10);
    }

    /** Starts on a database of version 1, through a connection that is cut after a number of commands. */
    private boolean startsWith(int commandsLeft) {
        createVersion1();
        AtomicInteger left = new AtomicInteger(commandsLeft);
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName(), clock)) {
            proxy.onCommand(() -> left.getAndDecrement() > 0 ? Fault.NONE : Fault.CUT_BEFORE);
            proxy.store();
            return true;
        } catch (IllegalStateException killed) {
            return false;
        }
    }

    @Test
    void migration_resumes_where_a_killed_node_stopped() {
        createVersion1();
        database.getCollection("meta")
                .insertOne(
                        Document.parse("{_id: 'migration', owner: 'killed', version: 2, position: 'previews:conv-300'}")
                                .append("until", Date.from(clock.instant().minusSeconds(1))));
        commands.clear();

        builder().clock(clock).build();

        assertThat(commands.all())
                .filteredOn(command -> command.getFirstKey().equals("find")
                        && command.getString("find").getValue().equals("conversations")
                        && command.containsKey("sort"))
                .first()
                .satisfies(
                        find -> assertThat(find.getDocument("filter").toJson()).contains("conv-300"));
        assertThat(schema().getLong("version")).isEqualTo(2);
    }

    @Test
    void node_waits_for_the_one_that_migrates() {
        createVersion1();
        database.getCollection("meta")
                .insertOne(Document.parse("{_id: 'migration', owner: 'other', version: 2, position: ''}")
                        .append("until", Date.from(clock.instant().plusSeconds(20))));
        try (Workers workers = new Workers(1)) {
            Future<MongoChatStore> start =
                    workers.call(() -> builder().clock(clock).build());
            await().until(() ->
                    commands.names().stream().filter("findAndModify"::equals).count() >= 3);
            assertThat(start.isDone()).isFalse();

            clock.advance(Duration.ofSeconds(21));

            assertMigrated(Workers.result(start));
        }
    }

    @Test
    void nodes_that_start_at_once_migrate_once() {
        createVersion1();
        commands.clear();
        try (Workers workers = new Workers(4)) {
            List<Future<MongoChatStore>> starts = IntStream.range(0, 4)
                    .mapToObj(i -> workers.call(this::openStore))
                    .toList();
            starts.forEach(start -> assertMigrated(Workers.result(start)));
        }
        assertThat(commands.all())
                .filteredOn(command -> command.getFirstKey().equals("createIndexes")
                        && command.getString("createIndexes").getValue().equals("messages"))
                .hasSize(1);
        assertThat(commands.all())
                .filteredOn(command -> command.getFirstKey().equals("find")
                        && command.getString("find").getValue().equals("conversations")
                        && command.getInt32("limit", new BsonInt32(0)).getValue() == Sweep.STEP)
                .as("walks over the conversations")
                .hasSize(CONVERSATIONS / Sweep.STEP + 2);
    }

    /** Creates the indexes, conversations and messages of version 1, after an erasure that was interrupted. */
    private void createVersion1() {
        database.getCollection("meta").insertOne(new Document("_id", "epoch").append("value", "epoch-1"));
        index("messages", "conv_seq", true, "conversationId", "seq");
        index("messages", "conv_sender_key", true, "conversationId", "senderId", "clientMessageId");
        index("changes", "conv_version", true, "conversationId", "version");
        index("members", "user_conv", true, "userId", "conversationId");
        index("members", "conv_user", false, "conversationId", "userId");
        index("receipts", "conv_user", true, "conversationId", "userId");
        List<Document> conversations = new ArrayList<>();
        List<Document> messages = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            boolean isErased = i % 3 == 0;
            messages.add(message(i, isErased ? "erased:1" : "zoe", isErased));
            conversations.add(conversation(i));
        }
        database.getCollection("messages").insertMany(messages);
        database.getCollection("conversations").insertMany(conversations);
        database.getCollection("members")
                .insertOne(Document.parse("{userId: 'bob', conversationId: 'conv-000', role: 'member',"
                        + " joinedAt: {$date: '2026-03-01T12:00:00Z'}}"));
    }

    private void index(String collection, String name, boolean unique, String... fields) {
        Document keys = new Document();
        Stream.of(fields).forEach(field -> keys.append(field, 1));
        database.getCollection(collection)
                .createIndex(keys, new IndexOptions().name(name).unique(unique));
    }

    private static Document message(int i, String sender, boolean isErased) {
        Document message = Document.parse("{type: 'text', createdAt: {$date: '2026-03-01T12:00:00Z'}}")
                .append("_id", "message-" + i)
                .append("conversationId", id(i))
                .append("seq", 1L)
                .append("senderId", sender)
                .append("clientMessageId", "k")
                .append("content", isErased ? "" : "public");
        return isErased
                ? message.append("deletedAt", message.getDate("createdAt")).append("deletedBy", sender)
                : message;
    }

    private static Document conversation(int i) {
        return Document.parse("{kind: 'group', title: 'Group', createdAt: {$date: '2026-03-01T12:00:00Z'},"
                        + " last: {seq: 1, version: 0, deleted: false, id: '', senderId: 'zoe', type: 'text',"
                        + " content: 'shown', createdAt: {$date: '2026-03-01T12:00:00Z'}}}")
                .append("_id", id(i));
    }

    private static String id(int i) {
        return "conv-%03d".formatted(i);
    }

    private void assertMigrated(MongoChatStore store) {
        assertThat(store.epoch()).isEqualTo("epoch-1");
        assertThat(schema())
                .isEqualTo(new Document("_id", "schema").append("version", 2L).append("minReader", 1L));
        assertThat(Indexes.missing(ChatDatabase.of(database))).isEmpty();
        assertThat(database.getCollection("conversations").find())
                .allSatisfy(conversation -> assertThat(
                                conversation.get("last", Document.class).getString("content"))
                        .isEqualTo(
                                Integer.parseInt(conversation.getString("_id").substring(5)) % 3 == 0 ? "" : "shown"));
        MessagePreview last = store.conversations(new ConversationQuery("bob", null, 10))
                .get(0)
                .lastMessage();
        assertThat(last).isNotNull();
        assertThat(last.senderId()).isEqualTo("erased:1");
        assertThat(last.deleted()).isTrue();
        store.close();
    }
}
