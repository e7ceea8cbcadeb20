package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;

/**
 * A request with a large body of packets. If the body is too large, the content is its beginning. The memory that is
 * reserved for the content is free again when the request is released.
 */
public final class LargeRequest extends DefaultFullHttpRequest {
    private final boolean isTruncated;
    private final boolean hasMorePackets;
    private final Runnable freeMemory;

    LargeRequest(RequestHead head, ByteBuf content, boolean isTruncated, boolean hasMorePackets, Runnable freeMemory) {
        super(head.version(), head.method(), head.target(), content, head.headers(), EmptyHttpHeaders.INSTANCE);
        this.isTruncated = isTruncated;
        this.hasMorePackets = hasMorePackets;
        this.freeMemory = freeMemory;
    }

    /** Returns whether the end of the body was dropped. */
    public boolean isTruncated() {
        return isTruncated;
    }

    /** Returns whether a packet may begin in the dropped part of the body (Engine.IO protocol, version 4). */
    public boolean hasMorePackets() {
        return hasMorePackets;
    }

    @Override
    public boolean release() {
        return release(1);
    }

    @Override
    public boolean release(int decrement) {
        boolean isReleased = super.release(decrement);
        if (isReleased) {
            freeMemory.run();
        }
        return isReleased;
    }
}
