package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;

/** A request whose body has not been read yet. Its content is empty; the body goes to a sink as it arrives. */
public final class StreamedRequest extends DefaultFullHttpRequest {
    private final BodyStream body;

    StreamedRequest(RequestHead head, BodyStream body) {
        super(
                head.version(),
                head.method(),
                head.target(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        this.body = body;
    }

    /** Passes the body to the sink as it arrives. What arrived before is dropped. */
    public BodyFlow streamTo(BodySink sink) {
        body.to(sink);
        return body;
    }
}
