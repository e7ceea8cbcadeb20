package io.roomcast.chat.socketio.internal.engine;

/** The way out to one client over one transport; used on the session's event loop alone. */
interface Transport {
    /** Writes a packet, which it retains as long as it needs it; nothing is sent before the flush. */
    void write(EncodedPacket packet);

    /** Sends what was written. */
    void flush();

    /** How many bytes were written and have not left. */
    long pending();

    /** Returns whether the client has received any pending data since the last call. */
    boolean isTaken();

    /** Ends it, and tells the client why as far as the transport can. */
    void close(CloseReason reason);
}
