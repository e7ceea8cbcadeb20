package io.roomcast.examples.benchmarks.load;

/** Opens connections to one server over one transport. Used on the event loop. */
@FunctionalInterface
interface Dialer {
    /** A wire that tells the handler of what comes, and of its end if it cannot be opened. */
    ClientTransport dial(PacketHandler handler);
}
