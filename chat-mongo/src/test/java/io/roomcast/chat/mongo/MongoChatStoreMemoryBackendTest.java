package io.roomcast.chat.mongo;

import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.StoreHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MongoChatStoreMemoryBackendTest extends ChatStoreContract {
    private static TestServer server;

    @BeforeAll
    static void startServer() {
        server = TestServer.inMemory();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected StoreHarness newHarness() {
        return MongoHarness.onVolatile(server);
    }
}
