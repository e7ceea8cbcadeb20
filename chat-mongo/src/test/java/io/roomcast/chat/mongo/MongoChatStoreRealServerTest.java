package io.roomcast.chat.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.StoreHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "MONGODB_URI",
        matches = ".+",
        disabledReason = "MONGODB_URI names no server to run against")
class MongoChatStoreRealServerTest extends ChatStoreContract {
    private static MongoClient client;

    @BeforeAll
    static void connect() {
        client = MongoClients.create(System.getenv("MONGODB_URI"));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Override
    protected StoreHarness newHarness() {
        return MongoHarness.of(() -> client);
    }
}
