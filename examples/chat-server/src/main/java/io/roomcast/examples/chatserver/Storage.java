package io.roomcast.examples.chatserver;

import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;

/**
 * A store that is open, with the database beneath it.
 *
 * @param store the store
 * @param database closes what the store stands on, after the store
 */
record Storage(ChatStore store, Runnable database) implements AutoCloseable {
    /**
     * Connects to a MongoDB.
     *
     * @throws StartException if it does not answer
     */
    static Storage connect(String uri, Runnable database) {
        try {
            return new Storage(MongoChatStore.connect(uri), database);
        } catch (RuntimeException away) {
            database.run();
            throw new StartException("The store cannot be used: " + away.getMessage(), away);
        }
    }

    @Override
    public void close() {
        store.close();
        database.run();
    }
}
