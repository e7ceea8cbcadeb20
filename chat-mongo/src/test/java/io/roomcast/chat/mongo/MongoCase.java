package io.roomcast.chat.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test with one server for the class and an empty database for each test. */
abstract class MongoCase {
    static TestServer server;

    final CommandRecorder commands = new CommandRecorder();
    MongoClient client;
    MongoDatabase database;

    @BeforeAll
    static void startServer() {
        server = TestServer.inMemory();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openDatabase() {
        String name = MongoHarness.newName();
        client = MongoClients.create(
                MongoClientSettings.builder(MongoUri.parse(server.uri(name)).settings())
                        .addCommandListener(commands)
                        .build());
        database = client.getDatabase(name);
    }

    @AfterEach
    void dropDatabase() {
        client.close();
        server.client().getDatabase(database.getName()).drop();
    }

    /** Opens a store that writes previews only when needed, so that there are no unexpected commands. */
    MongoChatStore openStore() {
        return builder().build();
    }

    MongoChatStore.Builder builder() {
        return MongoChatStore.builder(client).database(database.getName()).previewDelay(Duration.ofHours(1));
    }

    /** Returns the content of the whole database as text. */
    String everything() {
        List<Document> all = new ArrayList<>();
        database.listCollectionNames()
                .forEach(name -> database.getCollection(name).find().into(all));
        return all.toString();
    }

    static AppendResult append(ChatStore store, MessageDraft draft) {
        return store.append(List.of(draft)).get(0);
    }

    static Message storedBy(ChatStore store, MessageDraft draft) {
        return ((AppendResult.Stored) append(store, draft)).message();
    }

    /** Returns the message of a result, whether it was stored now or before. */
    static Message messageOf(AppendResult result) {
        return result instanceof AppendResult.Duplicate duplicate
                ? duplicate.message()
                : ((AppendResult.Stored) result).message();
    }

    static long seqOf(AppendResult result) {
        return messageOf(result).seq();
    }

    /** Returns one draft for each of a number of conversations. */
    static List<MessageDraft> oneOfEach(int conversations) {
        return IntStream.range(0, conversations)
                .mapToObj(i -> Drafts.text("c" + i, "alice", "hello"))
                .toList();
    }

    static List<Message> allOf(ChatStore store, String conversationId) {
        return store.history(new HistoryQuery(conversationId, Anchor.AFTER, 0, 10_000));
    }

    static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
