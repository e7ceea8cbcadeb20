package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;

/** Separates the body of one request from the bytes that follow it on the connection (RFC 9112, section 6). */
interface BodyFraming {
    /**
     * Passes body bytes to the sink until the body or the input ends, or the sink pauses.
     *
     * @return whether the body is complete
     * @throws RejectedRequestException if the body is malformed or too large
     */
    boolean read(ByteBuf in, BodySink sink);
}
