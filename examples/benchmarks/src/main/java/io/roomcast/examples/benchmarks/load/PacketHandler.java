package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Hears what comes over a client's wire, on the event loop. */
interface PacketHandler {
    /** An Engine.IO packet, in the range of a buffer that is valid only during the call. */
    void packet(ByteBuf bytes, int from, int to);

    /** The wire is gone; the last thing heard. */
    void closed();
}
