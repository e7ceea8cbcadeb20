package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads a body of a known length that is too large to be kept. */
final class OversizedBody implements BodyReader {
    private final BodyBytes body;
    private final long length;

    OversizedBody(BodyBytes body, long length) {
        this.body = body;
        this.length = length;
        body.expect(length);
    }

    @Override
    public @Nullable ByteBuf read(ByteBuf in) {
        body.read(in, (int) Math.min(length - body.total(), in.readableBytes()));
        return body.total() < length ? null : body.content();
    }
}
