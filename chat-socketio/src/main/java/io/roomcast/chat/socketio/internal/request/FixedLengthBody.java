package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;

/** Reads a body whose length is known from its {@code Content-Length} header. */
final class FixedLengthBody implements BodyFraming {
    private long remaining;

    FixedLengthBody(long length) {
        this.remaining = length;
    }

    @Override
    public boolean read(ByteBuf in, BodySink sink) {
        int length = (int) Math.min(remaining, in.readableBytes());
        if (length > 0) {
            remaining -= length;
            sink.write(in.readSlice(length));
        }
        return remaining == 0;
    }
}
