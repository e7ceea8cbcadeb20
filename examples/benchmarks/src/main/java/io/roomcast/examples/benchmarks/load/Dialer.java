package io.roomcast.examples.benchmarks.load;

/** Opens wires to one server over one transport; used on the event loop. */
@FunctionalInterface
interface Dialer {
    /** A wire that tells the handler of what comes, and of its end if it cannot be opened. */
    Wire dial(PacketHandler handler);
}
