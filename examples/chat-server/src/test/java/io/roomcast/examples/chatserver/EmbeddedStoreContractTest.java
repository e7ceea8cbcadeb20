package io.roomcast.examples.chatserver;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.StoreHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreContractTest extends ChatStoreContract {
    private static EmbeddedMongo server;
    private static MongoClient client;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = EmbeddedMongo.open(directory);
        client = MongoClients.create(server.uri() + "?socketTimeoutMS=60000");
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close();
    }

    @Override
    protected StoreHarness newHarness() {
        return new Harness();
    }

    private static final class Harness implements StoreHarness {
        private final String database = "chat_" + UUID.randomUUID().toString().substring(0, 8);
        private final MovableClock clock = new MovableClock();
        private final List<ChatStore> stores = new ArrayList<>();

        @Override
        public ChatStore open() {
            ChatStore store = MongoChatStore.builder(client)
                    .database(database)
                    .clock(clock)
                    .build();
            stores.add(store);
            return store;
        }

        @Override
        public ChatStore openAnotherNode() {
            return open();
        }

        @Override
        public MovableClock clock() {
            return clock;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.MULTI_NODE, Capability.CLOCK);
        }

        @Override
        public void close() {
            stores.forEach(ChatStore::close);
            client.getDatabase(database).drop();
        }
    }
}
