package io.roomcast.chat.testkit;

import io.roomcast.chat.spi.ChatStore;
import java.util.Set;

/** An empty database for one test, and the stores over it. */
public interface StoreHarness extends AutoCloseable {
    /** An optional capability of an implementation. Tests that need a missing one are skipped. */
    enum Capability {
        /** Several nodes can use one database at the same time. */
        MULTI_NODE,
        /** The data survive a restart of the process. */
        RESTART,
        /** The stores use a clock that the test can advance. */
        CLOCK
    }

    /** Opens a store over the database. */
    ChatStore open();

    /** Opens a second store over the same database, as on another node. */
    default ChatStore openAnotherNode() {
        throw new UnsupportedOperationException("one node only");
    }

    /** Closes the stores, and restarts the database. The test then opens new stores. */
    default void restart() {
        throw new UnsupportedOperationException("the data do not survive a restart");
    }

    /** Returns the clock that all stores over the database use. */
    default MovableClock clock() {
        throw new UnsupportedOperationException("the system's clock only");
    }

    /** Returns the capabilities of the implementation. */
    Set<Capability> capabilities();

    /** Closes the stores and drops the database. */
    @Override
    void close();
}
