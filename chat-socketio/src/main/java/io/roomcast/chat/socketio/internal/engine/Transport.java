package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;

/** Sends packets to one client, over polling or a WebSocket. */
@EventLoopConfined
interface Transport {
    /** Queues a packet until the next flush. The transport retains the packet as long as it needs it. */
    void write(EncodedPacket packet);

    /** Sends the queued packets. */
    void flush();

    /** Returns the number of bytes that were written and not sent yet. */
    long pending();

    /** Returns whether the client has received pending bytes since the last call. */
    boolean hasProgressed();

    /** Closes the transport and sends the reason, as far as the transport can. */
    void close(CloseReason reason);
}
