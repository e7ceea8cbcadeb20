package io.roomcast.examples.benchmarks.load;

/** Opens connections to one server over one transport. Used on the event loop. */
@FunctionalInterface
interface Dialer {
    /** Opens a connection. The handler receives its packets, and its end even if it cannot be opened. */
    Wire dial(PacketHandler handler);
}
