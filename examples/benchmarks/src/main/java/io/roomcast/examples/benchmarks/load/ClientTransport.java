package io.roomcast.examples.benchmarks.load;

/** The way of one client's packets to the server; used on the event loop. */
interface ClientTransport {
    /** Sends an Engine.IO packet. */
    void send(byte[] packet);

    /** Closes the connection. */
    void close();
}
