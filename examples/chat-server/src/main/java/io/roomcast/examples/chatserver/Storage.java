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
     * Connects to a MongoDB and sees that it answers.
     *
     * @param name what to call the database if it does not
     */
    static Storage connect(String uri, StoreChoice name, Runnable database) {
        try {
            ChatStore store = MongoChatStore.connect(uri);
            store.ping();
            return new Storage(store, database);
        } catch (RuntimeException away) {
            database.run();
            throw new StartException("The store cannot be used (" + name + "): " + reason(away), away);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : cause.getClass().getSimpleName();
    }

    @Override
    public void close() {
        store.close();
        database.run();
    }
}
