package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are slow to create an index or refuse it. */
class IndexBuildTest {
    private static final String NAME = "chat";
    // Longer than the read timeout of the clients, which is 1.5 s.
    private static final Duration LONG = Duration.ofMillis(2_500);

    private final Server backend = new Server();
    private final TestServer server = TestServer.with(backend);
    private final MongoClient client = server.client();
    private final MongoDatabase database = client.getDatabase(NAME);

    /** A server that can delay or refuse the creation of indexes. */
    private static final class Server extends MemoryBackend {
        private volatile Duration building = Duration.ZERO;
        private volatile boolean refusing;

        @Override
        public Document handleMessage(MongoMessage message) {
            if (message.getDocument().containsKey("createIndexes")) {
                if (refusing) {
                    return new Document("ok", 0.0)
                            .append("code", 13)
                            .append("codeName", "Unauthorized")
                            .append("errmsg", "not authorized on chat to execute command");
                }
                sleep();
            }
            return super.handleMessage(message);
        }

        private void sleep() {
            try {
                Thread.sleep(building.toMillis());
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MongoChatStore start() {
        return MongoChatStore.builder(client).database(NAME).build();
    }

    @Test
    void start_waits_longer_than_the_clients_read_timeout() {
        start().close();
        database.getCollection("messages").dropIndex("sender");
        backend.building = LONG;

        try (MongoChatStore store = start()) {
            assertThat(store.append(List.of(Drafts.text("c", "alice", "hello"))))
                    .hasSize(1);
        }
        assertThat(io.roomcast.chat.mongo.Indexes.missing(ChatDatabase.of(database)))
                .isEmpty();
    }

    @Test
    void build_on_a_large_collection_is_logged() {
        start().close();
        database.getCollection("receipts").dropIndex("user");
        database.getCollection("receipts")
                .insertMany(IntStream.range(0, 10_000)
                        .mapToObj(i -> new org.bson.Document("conversationId", "c").append("userId", "u" + i))
                        .toList());
        backend.building = Duration.ofMillis(800);
        try (Log log = Log.capture()) {
            new IndexBuild(ChatDatabase.of(database), client.getDatabase("admin"), Duration.ofMillis(100)).run();

            assertThat(log.lines())
                    .anyMatch(line ->
                            line.endsWith("Building the indexes user of chat.receipts, which holds 10000 documents"))
                    .anyMatch(line -> line.contains("Still building the indexes user of chat.receipts after 0 s"))
                    .anyMatch(line -> line.contains("Built the indexes user of chat.receipts in"));
        }
    }

    @Test
    void user_that_may_not_create_indexes_gets_the_commands() {
        start().close();
        database.getCollection("messages").dropIndex("conv_seq");
        database.getCollection("messages").dropIndex("mention_conv_seq");
        backend.refusing = true;

        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessage("the user of MongoDB may not create the indexes of chat.messages; grant the action"
                        + " createIndex, or create them in the database chat with:"
                        + " db.messages.createIndex({\"conversationId\": 1, \"seq\": 1},"
                        + " {\"name\": \"conv_seq\", \"unique\": true});"
                        + " db.messages.createIndex({\"mentions\": 1, \"conversationId\": 1, \"seq\": 1},"
                        + " {\"name\": \"mention_conv_seq\","
                        + " \"partialFilterExpression\": {\"mentions\": {\"$exists\": true}}})");
    }

    @Test
    void user_that_may_not_create_indexes_needs_not_to_where_they_exist() {
        start().close();
        backend.refusing = true;

        assertThat(start().epoch()).isNotEmpty();
    }

    @Test
    void documents_that_contradict_an_index_are_named_as_the_cause() {
        start().close();
        database.getCollection("receipts").dropIndex("conv_user");
        for (int i = 0; i < 2; i++) {
            database.getCollection("receipts")
                    .insertOne(new org.bson.Document("conversationId", "c").append("userId", "u"));
        }

        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessageContaining("the documents of chat.receipts contradict a unique index of the chat")
                .withMessageContaining("conv_user");
    }

    @ParameterizedTest
    @CsvSource({"0, 100, ', 0 %'", "41, 100, ', 41 %'", "5000000000, 10000000000, ', 50 %'", "0, 0, ''"})
    void progress_is_read_from_the_servers_operations(long done, long total, String expected) {
        org.bson.Document progress = new org.bson.Document("done", done).append("total", total);
        org.bson.Document operation = new org.bson.Document("msg", "Index Build").append("progress", progress);

        assertThat(IndexProgress.read(new org.bson.Document("inprog", List.of(new org.bson.Document(), operation))))
                .isEqualTo(expected);
    }

    @Test
    void host_index_with_a_longer_key_serves() {
        start().close();
        database.getCollection("messages").dropIndex("sender");
        database.getCollection("messages").createIndex(Indexes.ascending("senderId", "createdAt"));
        backend.refusing = true;

        assertThat(start().epoch()).isNotEmpty();
    }
}
