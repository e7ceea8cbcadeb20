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
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test of this store alone: one server for the class, and an empty database for each test. */
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

    /** A store whose previews wait until they are asked for, so that no command comes unexpected. */
    MongoChatStore openStore() {
        return builder().build();
    }

    MongoChatStore.Builder builder() {
        return MongoChatStore.builder(client).database(database.getName()).previewDelay(Duration.ofHours(1));
    }

    static AppendResult append(ChatStore store, MessageDraft draft) {
        return store.append(List.of(draft)).get(0);
    }

    static Message storedBy(ChatStore store, MessageDraft draft) {
        return ((AppendResult.Stored) append(store, draft)).message();
    }

    static List<Message> allOf(ChatStore store, String conversationId) {
        return store.history(new HistoryQuery(conversationId, Anchor.AFTER, 0, 10_000));
    }

    static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
