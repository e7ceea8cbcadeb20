package io.roomcast.chat.mongo;

import io.roomcast.chat.testkit.ChatStoreContract;
import io.roomcast.chat.testkit.StoreHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MongoChatStoreH2BackendTest extends ChatStoreContract {
    private static TestServer server;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = TestServer.onDisk(directory.resolve("chat"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected StoreHarness newHarness() {
        return MongoHarness.onDurable(server);
    }
}
