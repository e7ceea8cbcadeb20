package io.roomcast.chat.testkit;

import io.roomcast.chat.spi.ClusterBus;

/** The other side of buses for one test, such as a server. */
public interface BusHarness extends AutoCloseable {
    /** Returns a bus that is not open, as on a new node. */
    ClusterBus newBus();

    /** Separates all buses from the other side, until {@link #reconnect}. Their connections end. */
    void disconnect();

    /** Permits connections again. */
    void reconnect();

    /** Restarts the other side, which loses everything it holds. */
    void restartEmpty();

    /** Ends the other side. */
    @Override
    void close();
}
