package io.roomcast.chat.mongo;

import com.mongodb.client.MongoClient;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.MovableClock;
import io.roomcast.chat.testkit.StoreHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A separate database on a shared server. */
final class MongoHarness implements StoreHarness {
    private final String database = newName();
    private final Supplier<MongoClient> client;
    private final Runnable restart;
    private final Set<Capability> capabilities;
    private final MovableClock clock = new MovableClock();
    private final List<ChatStore> stores = new ArrayList<>();

    private MongoHarness(Supplier<MongoClient> client, Runnable restart, Set<Capability> capabilities) {
        this.client = client;
        this.restart = restart;
        this.capabilities = capabilities;
    }

    /** Uses a server that loses its data when it ends. */
    static MongoHarness onVolatile(TestServer server) {
        return of(server::client);
    }

    /** Uses a server that keeps its data over restarts. */
    static MongoHarness onDurable(TestServer server) {
        return new MongoHarness(server::client, server::restart, Set.of(Capability.values()));
    }

    /** Uses a server that the test cannot restart. */
    static MongoHarness of(Supplier<MongoClient> client) {
        return new MongoHarness(client, () -> {}, Set.of(Capability.MULTI_NODE, Capability.CLOCK));
    }

    static String newName() {
        return "roomcast_" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public ChatStore open() {
        ChatStore store = MongoChatStore.builder(client.get())
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
    public void restart() {
        stores.forEach(ChatStore::close);
        stores.clear();
        restart.run();
    }

    @Override
    public MovableClock clock() {
        return clock;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        stores.forEach(ChatStore::close);
        client.get().getDatabase(database).drop();
    }
}
