package io.roomcast.chat.testkit;

import io.roomcast.chat.spi.ChatStore;
import java.util.Set;

/** One empty database of the implementation under test, for one test. */
public interface StoreHarness extends AutoCloseable {
    /** What an implementation may lack; the cases that need it are then reported as skipped. */
    enum Capability {
        /** Several nodes may use one database at once. */
        MULTI_NODE,
        /** What is stored outlives the process. */
        RESTART
    }

    /** A store over the database. */
    ChatStore open();

    /** A second store over the same database, as another node has it. */
    default ChatStore openAnotherNode() {
        throw new UnsupportedOperationException("one node only");
    }

    /** Ends the stores and the database's process, and starts the process again; stores are to be opened anew. */
    default void restart() {
        throw new UnsupportedOperationException("nothing outlives the process");
    }

    /** What the implementation can do. */
    Set<Capability> capabilities();

    /** Closes the stores and drops the database. */
    @Override
    void close();
}
