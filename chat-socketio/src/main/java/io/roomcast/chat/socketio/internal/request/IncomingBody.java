package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpRequest;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;

/** The body that a connection is reading, with the sink that it goes to. */
@EventLoopConfined
final class IncomingBody {
    private final RequestHead head;
    private final BodyFraming framing;
    private final BodySink sink;

    private IncomingBody(RequestHead head, long length, long maxBytes, BodySink sink) {
        if (length > maxBytes) {
            throw new RejectedRequestException(HttpRejection.TOO_LARGE);
        }
        this.head = head;
        this.framing = length == RequestHead.CHUNKED ? new ChunkedBody(maxBytes) : new FixedLengthBody(length);
        this.sink = sink;
    }

    /**
     * Creates a body that is collected in memory.
     *
     * @throws RejectedRequestException if the length exceeds the bounds
     */
    static IncomingBody aggregated(RequestHead head, long length, HttpBounds bounds, ByteBufAllocator allocator) {
        HttpBounds.Packets kept =
                bounds.packets().appliesTo(head) ? bounds.packets() : HttpBounds.Packets.keeping(bounds.bodyBytes());
        return new IncomingBody(head, length, kept.maxBytes(), new AggregatedBody(allocator, length, kept));
    }

    /**
     * Creates a body that goes to a route as it arrives.
     *
     * @throws RejectedRequestException if the length exceeds the maximum
     */
    static IncomingBody streamed(RequestHead head, long length, long maxBytes, BodyStream stream) {
        return new IncomingBody(head, length, maxBytes, stream);
    }

    boolean isStreamed() {
        return sink instanceof BodyStream;
    }

    boolean isPaused() {
        return sink instanceof BodyStream stream && stream.isPaused();
    }

    /** Reads bytes of the body; returns whether it is complete. */
    boolean read(ByteBuf in) {
        boolean isComplete = framing.read(in, sink);
        if (isComplete) {
            sink.end();
        }
        return isComplete;
    }

    /** Lets the sink handle what it has received. */
    void flush() {
        sink.flush();
    }

    /** Returns whether a further part of a large body has arrived since the last call. */
    boolean hasProgressed() {
        return sink instanceof AggregatedBody body && body.hasProgressed();
    }

    void abort() {
        sink.abort();
    }

    /** Returns the request. Call it when the body is complete, or before it is read if it is streamed. */
    FullHttpRequest request() {
        if (sink instanceof BodyStream stream) {
            return new StreamedRequest(head, stream);
        }
        AggregatedBody body = (AggregatedBody) sink;
        return body.isLarge() ? body.takeRequest(head) : head.request(body.takeContent());
    }
}
