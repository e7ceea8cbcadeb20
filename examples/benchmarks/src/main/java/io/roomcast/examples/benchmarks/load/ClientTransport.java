package io.roomcast.examples.benchmarks.load;

/** Sends the packets of one client. Used on the event loop. */
interface ClientTransport {
    /** Sends an Engine.IO packet. */
    void send(byte[] packet);

    /** Closes the connection. */
    void close();
}
