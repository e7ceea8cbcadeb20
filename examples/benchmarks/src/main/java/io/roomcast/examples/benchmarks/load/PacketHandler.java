package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Receives the packets of one client, on the event loop. */
interface PacketHandler {
    /** Called for each Engine.IO packet, in the range of a buffer that is valid only during the call. */
    void packet(ByteBuf bytes, int from, int to);

    /** Called once, after the last packet, when the connection is closed. */
    void closed();
}
