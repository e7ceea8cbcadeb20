package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads the body of one request; used on its connection's event loop. */
interface BodyReader {
    /**
     * Continues reading.
     *
     * @return the complete body, which the caller releases, or null if more is to come
     * @throws RejectedRequestException if it is malformed or too large
     */
    @Nullable
    ByteBuf read(ByteBuf in);
}
