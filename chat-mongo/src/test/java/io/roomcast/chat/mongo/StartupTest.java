package io.roomcast.chat.mongo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.WriteConcern;
import com.mongodb.connection.ClusterType;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import io.roomcast.chat.testkit.Workers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTest extends MongoCase {
    @Test
    void connect_uses_the_database_that_the_uri_names() {
        try (ChatStore store = MongoChatStore.connect(server.uri(database.getName()))) {
            append(store, Drafts.text("c", "alice", "hello"));
        }

        assertThat(database.getCollection("messages").countDocuments()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb://127.0.0.1", "mongodb://127.0.0.1/", "mongodb://127.0.0.1/?retryWrites=false"})
    void connect_needs_a_database_name(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoChatStore.connect(uri))
                .withMessageContaining("no database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:27017/chat",
                "mongodb://alice:sec/ret@127.0.0.1/chat",
                "mongodb://alice:sec:ret@127.0.0.1/chat",
                "mongodb://127.0.0.1:sec/chat"
            })
    void connect_does_not_repeat_what_it_cannot_read(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoChatStore.connect(uri))
                .withMessageContaining("not a MongoDB connection string")
                .withMessageNotContainingAny("sec", "ret@", "alice")
                .withNoCause();
    }

    @Test
    @Timeout(value = 15, unit = SECONDS)
    void unreachable_database_is_reported_in_one_line() {
        FaultProxy away = new FaultProxy(server.port());
        away.close();

        assertThatThrownBy(() -> MongoChatStore.connect("mongodb://alice:secret@127.0.0.1:" + away.port() + "/chat"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("MongoDB at 127.0.0.1:" + away.port() + " cannot be reached")
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("MongoTimeoutException"))
                .satisfies(failure -> assertThat(stackTraceOf(failure)).doesNotContain("secret"));
    }

    private static String stackTraceOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void single_server_is_warned_of() {
        assertThat(Startup.warnings("db:27017", ClusterType.STANDALONE, WriteConcern.ACKNOWLEDGED))
                .singleElement()
                .asString()
                .contains("db:27017", "single server", "replica set");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void client_that_writes_with_less_than_a_majority_is_warned_of(int members) {
        assertThat(Startup.warnings("db:27017", ClusterType.REPLICA_SET, new WriteConcern(members)))
                .singleElement()
                .asString()
                .contains("db:27017", "w=" + members, "still writes with w=majority");
    }

    @Test
    void cluster_that_keeps_what_it_acknowledges_is_not_warned_of() {
        assertThat(Stream.of(WriteConcern.MAJORITY, WriteConcern.ACKNOWLEDGED, WriteConcern.JOURNALED)
                        .flatMap(concern -> Startup.warnings("db:27017", ClusterType.REPLICA_SET, concern).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ping, CUT_BEFORE", "ping, CUT_AFTER",
        "find, CUT_BEFORE", "find, CUT_AFTER",
        "listIndexes, CUT_BEFORE", "listIndexes, CUT_AFTER",
        "createIndexes, CUT_BEFORE", "createIndexes, CUT_AFTER",
        "findAndModify, CUT_BEFORE", "findAndModify, CUT_AFTER",
        "update, CUT_BEFORE", "update, CUT_AFTER",
        "delete, CUT_BEFORE", "delete, CUT_AFTER"
    })
    void start_survives_a_dead_connection(String command, Fault fault) {
        AtomicBoolean first = new AtomicBoolean(true);
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            proxy.on(List.of(command), () -> first.getAndSet(false) ? fault : Fault.NONE);

            assertThat(append(proxy.store(), Drafts.text("c", "alice", "hello")))
                    .isInstanceOf(AppendResult.Stored.class);
        }
        assertThat(first).as("whether no command was cut").isFalse();
    }

    @Test
    void probe_survives_a_dead_connection() {
        AtomicBoolean first = new AtomicBoolean(true);
        try (MongoProxy proxy = new MongoProxy(server.port(), database.getName())) {
            MongoChatStore store = proxy.store();
            proxy.on(List.of("ping"), () -> first.getAndSet(false) ? Fault.CUT_BEFORE : Fault.NONE);

            store.ping();
        }
        assertThat(first).isFalse();
    }

    static Stream<Arguments> foreignCollections() {
        return Stream.of(
                Arguments.of("messages", "{_id: 1, subject: 'mail', body: 'private'}", "field _id has another type"),
                Arguments.of("conversations", "{_id: 'c', title: 'private'}", ""),
                Arguments.of("members", "{_id: 7, name: 'private'}", "no text conversationId"),
                Arguments.of("receipts", "{_id: 7, read: true, total: 'private'}", ""),
                Arguments.of("changes", "{_id: 'c', diff: 'private'}", ""));
    }

    @ParameterizedTest
    @MethodSource("foreignCollections")
    void collection_of_another_program_is_refused(String collection, String document, String reason) {
        database.getCollection(collection).insertOne(Document.parse(document));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the collection " + database.getName() + "." + collection
                        + " holds documents that are not a chat's, such as ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("; give the chat a database of its own")
                .hasMessageNotContaining("private");
        assertThat(database.getCollection(collection).listIndexes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("foreignCollections")
    void odd_document_in_a_database_that_is_in_use_is_warned_of(String collection, String document) {
        openStore();
        database.getCollection(collection).insertOne(Document.parse(document));
        try (Log log = Log.capture()) {
            openStore();

            assertThat(log.lines())
                    .anyMatch(line -> line.contains(database.getName() + "." + collection))
                    .noneMatch(line -> line.contains("private"));
        }
    }

    @Test
    void epoch_in_another_form_is_refused() {
        database.getCollection("meta").insertOne(new Document("_id", "epoch").append("value", 7));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(database.getName() + ".meta");
    }

    static Stream<Arguments> unusableKeys() {
        return Stream.of(
                Arguments.of("text", "no binary value"),
                Arguments.of(new Binary(new byte[31]), "has 31 bytes (expected: 32)"),
                Arguments.of(new Binary(new byte[0]), "has 0 bytes (expected: 32)"));
    }

    @ParameterizedTest
    @MethodSource("unusableKeys")
    void key_of_the_cluster_in_another_form_is_refused(Object value, String reason) {
        database.getCollection("meta").insertOne(new Document("_id", "clusterKey").append("value", value));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the document clusterKey in " + database.getName() + ".meta ")
                .hasMessageContaining(reason);
    }

    @Test
    void database_of_an_older_release_gets_a_key() {
        openStore();
        database.getCollection("meta").deleteOne(new Document("_id", "clusterKey"));

        assertThat(openStore().clusterKey().orElseThrow())
                .isEqualTo(openStore().clusterKey().orElseThrow());
    }

    @Test
    void databases_have_keys_of_their_own() {
        String other = database.getName() + "_other";
        byte[] key = MongoChatStore.builder(client)
                .database(other)
                .build()
                .clusterKey()
                .orElseThrow();
        client.getDatabase(other).drop();

        assertThat(openStore().clusterKey().orElseThrow()).isNotEqualTo(key);
    }

    @Test
    void nodes_that_start_at_once_on_a_new_database_agree() {
        try (Workers workers = new Workers(4)) {
            List<Future<String>> epochs = IntStream.range(0, 4)
                    .mapToObj(i -> workers.call(() -> openStore().epoch()))
                    .toList();

            assertThat(epochs.stream().map(Workers::result).distinct()).hasSize(1);
        }
    }

    @Test
    void databases_have_epochs_of_their_own() {
        String other = database.getName() + "_other";
        String epoch = MongoChatStore.builder(client).database(other).build().epoch();
        client.getDatabase(other).drop();

        assertThat(openStore().epoch()).isNotEqualTo(epoch);
    }

    @Test
    void restored_database_gets_another_identity_if_the_old_one_is_deleted() {
        ChatStore before = openStore();
        database.getCollection("meta")
                .deleteMany(new Document("_id", new Document("$in", List.of("epoch", "clusterKey"))));
        ChatStore after = openStore();

        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(after.clusterKey().orElseThrow())
                .isNotEqualTo(before.clusterKey().orElseThrow());
    }

    @Test
    void client_of_the_host_is_not_closed() {
        openStore().close();

        assertThat(client.listDatabaseNames()).isNotEmpty();
    }

    @Test
    void connected_store_is_away_after_its_close() {
        ChatStore store = MongoChatStore.connect(server.uri(database.getName()));
        store.close();

        assertThatThrownBy(store::ping)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b"})
    void name_that_no_database_can_have_is_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoChatStore.builder(client).database(name));
    }
}
