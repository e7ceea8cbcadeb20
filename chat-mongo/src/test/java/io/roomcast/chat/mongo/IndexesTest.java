package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationStrength;
import com.mongodb.client.model.IndexOptions;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexesTest extends MongoCase {
    private static final Document PLACE = new Document("conversationId", 1).append("seq", 1);

    @ParameterizedTest
    @MethodSource("all")
    void index_is_documented(RequiredIndex index) throws IOException {
        String fields = "`" + String.join(", ", index.fields()) + "`";
        assertThat(Files.readString(Path.of("README.md")).lines())
                .as("README.md, the row of %s with %s", index.collection(), fields)
                .anyMatch(
                        row -> row.matches("\\| .*`" + index.collection() + "`.* \\| .*\\Q" + fields + "\\E.* \\| .*"));
    }

    static List<RequiredIndex> all() {
        return Indexes.ALL;
    }

    @Test
    void first_start_makes_the_indexes() {
        openStore();

        assertThat(indexes("messages"))
                .extracting(index -> index.getString("name"), index -> index.getBoolean("unique", false))
                .contains(tuple("conv_seq", true), tuple("conv_sender_key", true));
        assertThat(indexes("members"))
                .extracting(index -> index.getString("name"), index -> index.getBoolean("unique", false))
                .contains(tuple("user_conv", true), tuple("conv_user", false));
    }

    @Test
    void first_start_makes_the_indexes_of_changes_and_receipts() {
        openStore();

        assertThat(indexes("changes"))
                .extracting(index -> index.getString("name"), index -> index.getBoolean("unique", false))
                .contains(tuple("conv_version", true), tuple("expiry", false));
        assertThat(indexes("receipts"))
                .extracting(index -> index.getString("name"), index -> index.getBoolean("unique", false))
                .contains(tuple("conv_user", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"messages", "changes"})
    void what_has_expired_is_removed_by_the_database(String collection) {
        openStore();

        assertThat(indexes(collection))
                .filteredOn(index -> index.getString("name").equals("expiry"))
                .singleElement()
                .satisfies(index -> assertThat(index.get("key")).isEqualTo(new Document("expiresAt", 1)))
                .satisfies(index -> assertThat(
                                index.get("expireAfterSeconds", Number.class).longValue())
                        .isEqualTo(3_600))
                .satisfies(index -> assertThat(index.getBoolean("sparse")).isTrue());
    }

    @Test
    void index_by_which_messages_expire_too_soon_is_changed_if_the_database_lets_it() {
        database.getCollection("messages")
                .createIndex(
                        new Document("expiresAt", 1),
                        new IndexOptions().name("expiry").sparse(true).expireAfter(0L, TimeUnit.SECONDS));
        openStore();

        assertThat(commands.all())
                .filteredOn(command -> command.containsKey("collMod"))
                .singleElement()
                .satisfies(command -> assertThat(command.getDocument("index"))
                        .isEqualTo(BsonDocument.parse("{name: 'expiry', expireAfterSeconds: 3600}")));
    }

    @Test
    void index_by_which_nothing_expires_is_refused() {
        database.getCollection("messages").createIndex(new Document("expiresAt", 1), new IndexOptions().name("expiry"));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expiry {\"expiresAt\": 1} not unique, expiring");
    }

    @Test
    void second_start_makes_none() {
        openStore();
        commands.clear();
        openStore();

        assertThat(commands.names()).contains("listIndexes").doesNotContain("createIndexes");
    }

    @Test
    void missing_index_is_made() {
        openStore();
        database.getCollection("messages").dropIndex("conv_seq");
        openStore();

        assertThat(indexes("messages"))
                .extracting(index -> index.getString("name"))
                .contains("conv_seq");
    }

    @Test
    void index_that_is_not_unique_is_refused() {
        database.getCollection("messages").createIndex(PLACE, new IndexOptions().name("conv_seq"));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("collection " + database.getName() + ".messages has the index conv_seq"
                        + " {\"conversationId\": 1, \"seq\": 1} not unique"
                        + " (expected: conv_seq {\"conversationId\": 1, \"seq\": 1} unique); drop it or rename it");
    }

    @Test
    void index_of_the_same_name_over_other_fields_is_refused() {
        database.getCollection("messages")
                .createIndex(
                        new Document("seq", 1),
                        new IndexOptions().name("conv_seq").unique(true));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("conv_seq");
    }

    static Stream<Arguments> indexesThatServe() {
        return Stream.of(
                Arguments.of(PLACE, new IndexOptions().name("mine").unique(true)),
                Arguments.of(PLACE, new IndexOptions().unique(true)),
                Arguments.of(
                        PLACE, new IndexOptions().name("conv_seq").unique(true).background(true)),
                Arguments.of(
                        PLACE, new IndexOptions().name("conv_seq").unique(true).sparse(true)),
                Arguments.of(
                        new Document("conversationId", 1L).append("seq", 1.0),
                        new IndexOptions().name("mine").unique(true)),
                Arguments.of(
                        new Document("conversationId", 1).append("seq", -1),
                        new IndexOptions().name("conv_seq").unique(true)));
    }

    @ParameterizedTest
    @MethodSource("indexesThatServe")
    void index_that_was_made_beforehand_is_used(Document keys, IndexOptions options) {
        database.getCollection("messages").createIndex(keys, options);
        MongoChatStore store = openStore();
        append(store, Drafts.keyed("c", "alice", "k", "hello"));

        assertThat(append(openStore(), Drafts.text("c", "bob", "hello"))).isInstanceOf(AppendResult.Stored.class);
        assertThat(append(store, Drafts.keyed("c", "alice", "k", "hello"))).isInstanceOf(AppendResult.Duplicate.class);
        assertThat(indexes("messages"))
                .filteredOn(index -> index.get("key", Document.class).keySet().equals(Set.of("conversationId", "seq")))
                .hasSize(1);
    }

    static Stream<Arguments> indexesThatDoNotServe() {
        return Stream.of(
                Arguments.of(PLACE, new IndexOptions().name("mine"), "not unique"),
                Arguments.of(PLACE, new IndexOptions().name("mine").unique(true).hidden(true), "hidden"),
                Arguments.of(
                        PLACE,
                        new IndexOptions()
                                .name("mine")
                                .unique(true)
                                .collation(Collation.builder()
                                        .locale("en")
                                        .collationStrength(CollationStrength.SECONDARY)
                                        .build()),
                        "with a collation"),
                Arguments.of(new Document("conversationId", "hashed"), new IndexOptions().name("conv_seq"), "hashed"));
    }

    @ParameterizedTest
    @MethodSource("indexesThatDoNotServe")
    void index_in_the_way_is_refused_with_what_is_wrong(Document keys, IndexOptions options, String reason) {
        database.getCollection("messages").createIndex(keys, options);

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("(expected: conv_seq {\"conversationId\": 1, \"seq\": 1} unique)");
    }

    @Test
    void partial_index_is_refused() {
        database.getCollection("messages")
                .createIndex(
                        PLACE,
                        new IndexOptions()
                                .name("conv_seq")
                                .unique(true)
                                .partialFilterExpression(new Document("seq", new Document("$gt", 5))));

        assertThatThrownBy(this::openStore)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("partial");
    }

    @Test
    void other_indexes_of_the_host_stay() {
        database.getCollection("messages").createIndex(new Document("createdAt", 1), new IndexOptions().name("mine"));
        openStore();

        assertThat(indexes("messages"))
                .extracting(index -> index.getString("name"))
                .contains("mine", "conv_seq");
    }

    private List<Document> indexes(String collection) {
        return database.getCollection(collection).listIndexes().into(new ArrayList<>());
    }
}
