package io.roomcast.examples.benchmarks.load;

/** The way of one client's packets to the server; used on the event loop. */
interface Wire {
    /** Sends an Engine.IO packet. */
    void send(byte[] packet);

    /** Ends the connection. */
    void close();
}
