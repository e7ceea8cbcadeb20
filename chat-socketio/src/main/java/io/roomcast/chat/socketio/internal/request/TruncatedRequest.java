package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;

/** A request whose body is too large to be kept. Its content is the beginning of the body. */
public final class TruncatedRequest extends DefaultFullHttpRequest {
    private final boolean hasMorePackets;

    TruncatedRequest(RequestHead head, ByteBuf content, boolean hasMorePackets) {
        super(head.version(), head.method(), head.target(), content, head.headers(), EmptyHttpHeaders.INSTANCE);
        this.hasMorePackets = hasMorePackets;
    }

    /** Returns whether a packet may begin in the dropped part of the body (Engine.IO protocol, version 4). */
    public boolean hasMorePackets() {
        return hasMorePackets;
    }
}
