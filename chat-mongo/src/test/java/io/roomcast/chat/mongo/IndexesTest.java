package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexesTest extends MongoCase {
    private static final Document PLACE = new Document("conversationId", 1).append("seq", 1);

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
