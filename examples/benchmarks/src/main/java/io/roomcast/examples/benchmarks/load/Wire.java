package io.roomcast.examples.benchmarks.load;

/** Sends one client's packets to the server. Used on the event loop. */
interface Wire {
    /** Sends an Engine.IO packet. */
    void send(byte[] packet);

    /** Closes the connection. */
    void close();
}
