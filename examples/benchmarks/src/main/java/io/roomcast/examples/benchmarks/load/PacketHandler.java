package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;

/** Receives the packets of one client's connection. Called on the event loop. */
interface PacketHandler {
    /** An Engine.IO packet arrived. The buffer is valid only during the call. */
    void packet(ByteBuf bytes, int from, int to);

    /** The connection ended. No call follows. */
    void closed();
}
