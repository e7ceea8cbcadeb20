package io.roomcast.examples.benchmarks.load;

/** Opens connections to one server over one transport. Used on the event loop. */
@FunctionalInterface
interface Dialer {
    /** Opens a connection and passes its packets to the handler. If it cannot be opened, the handler is closed. */
    ClientTransport dial(PacketHandler handler);
}
