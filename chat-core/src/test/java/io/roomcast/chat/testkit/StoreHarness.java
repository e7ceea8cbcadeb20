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
        RESTART,
        /** The stores read a clock that a test may set forward. */
        CLOCK
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

    /** The clock that all stores over the database read. */
    default MovableClock clock() {
        throw new UnsupportedOperationException("the system's clock only");
    }

    /** What the implementation can do. */
    Set<Capability> capabilities();

    /** Closes the stores and drops the database. */
    @Override
    void close();
}
