package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes HTTP/1.1 and 1.0 requests (RFC 9112), and none after a malformed or oversized one.
 *
 * <p>Passes on each {@link FullHttpRequest} when its body is complete, or when its head is complete if the body is
 * streamed. Passes on the first {@link MalformedRequest} as soon as the request is known to be unreadable. Reads and
 * drops everything after that, so that the client can read the response. Fires {@link #BEGUN} at the first byte of each
 * request, and {@link #PROGRESSED} while a large body arrives.
 */
@EventLoopConfined
public final class RequestDecoder extends ByteToMessageDecoder {
    /** The event that a request has begun. */
    public static final Object BEGUN = new Object();

    /** The event that a further part of a large body has arrived. */
    public static final Object PROGRESSED = new Object();

    private final HeadReader heads;
    private final HttpBounds bounds;
    private final List<? extends StreamingRule> streamingRules;
    private boolean rejected;
    private boolean begun;

    /** Whether the client of the current request waits for permission to send its body. */
    private boolean waiting;

    @Nullable
    private RequestHead head;

    @Nullable
    private IncomingBody body;

    /** Creates a decoder with the given size limits, which streams no bodies. */
    public RequestDecoder(HttpBounds bounds) {
        this(bounds, List.of());
    }

    /** Creates a decoder with the given size limits, which streams the bodies that the rules select. */
    public RequestDecoder(HttpBounds bounds, List<? extends StreamingRule> streamingRules) {
        this.heads = new HeadReader(bounds);
        this.bounds = bounds;
        this.streamingRules = streamingRules;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (rejected) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!begun && in.isReadable()) {
            begun = true;
            context.fireUserEventTriggered(BEGUN);
        }
        try {
            FullHttpRequest request = body == null ? readHead(context, in) : readBody(context, body, in);
            if (request != null) {
                out.add(request);
            }
        } catch (RejectedRequestException cause) {
            rejected = true;
            in.skipBytes(in.readableBytes());
            boolean isStreamed = body != null && body.isStreamed();
            out.add(new MalformedRequest(cause.rejection(), headers(), isStreamed));
            abortBody();
        }
    }

    private HttpHeaders headers() {
        return head == null ? heads.headers() : head.headers();
    }

    private @Nullable FullHttpRequest readHead(ChannelHandlerContext context, ByteBuf in) {
        RequestHead sent = heads.read(in);
        if (sent == null) {
            return null;
        }
        head = sent;
        RequestHead read = overridden(sent);
        long length = read.bodyLength();
        IncomingBody opened = length == 0 ? null : open(context, read, length);
        boolean waits = waitsForPermission(read) && length != 0 && !in.isReadable();
        if (waits && opened != null && opened.isStreamed()) {
            waiting = true;
        } else if (waits) {
            permit(context);
        }
        if (opened == null) {
            endRequest();
            return read.request(Unpooled.EMPTY_BUFFER);
        }
        body = opened;
        return opened.isStreamed() ? opened.request() : readBody(context, opened, in);
    }

    /** Returns the head with the method that the client means. */
    private RequestHead overridden(RequestHead sent) {
        boolean isPermitted = sent.hasMethodOverride()
                && streamingRules.stream().anyMatch(rule -> rule.permitsMethodOverride(sent.path()));
        return isPermitted ? sent.withMethodOverride() : sent;
    }

    private void endRequest() {
        body = null;
        head = null;
        begun = false;
        waiting = false;
    }

    private IncomingBody open(ChannelHandlerContext context, RequestHead head, long length) {
        for (StreamingRule rule : streamingRules) {
            if (rule.streams(head.method(), head.path())) {
                return IncomingBody.streamed(head, length, rule.maxBodyBytes(), stream(context));
            }
        }
        return IncomingBody.aggregated(head, length, bounds, context.alloc());
    }

    private BodyStream stream(ChannelHandlerContext context) {
        return new BodyStream(context.executor(), () -> continueReading(context), () -> permitIfWaiting(context));
    }

    private void permitIfWaiting(ChannelHandlerContext context) {
        if (waiting && body != null) {
            permit(context);
        }
        waiting = false;
    }

    private static void permit(ChannelHandlerContext context) {
        context.writeAndFlush(HttpResponses.empty(HttpResponseStatus.CONTINUE));
    }

    /** Decodes the bytes that were read before the pause, and reads from the connection again. */
    private void continueReading(ChannelHandlerContext context) {
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        } catch (Exception fault) {
            context.fireExceptionCaught(fault);
        }
        flush(context);
        if (!isPaused()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** Reads the body; returns the request if it is complete and has not been passed on yet. */
    private @Nullable FullHttpRequest readBody(ChannelHandlerContext context, IncomingBody incoming, ByteBuf in) {
        if (isPaused()) {
            return null;
        }
        if (!incoming.read(in)) {
            if (isPaused()) {
                context.channel().config().setAutoRead(false);
            }
            if (incoming.hasProgressed()) {
                context.fireUserEventTriggered(PROGRESSED);
            }
            return null;
        }
        endRequest();
        return incoming.isStreamed() ? null : incoming.request();
    }

    /** Lets the sink handle what has arrived together. */
    private void flush(ChannelHandlerContext context) {
        if (body != null) {
            body.flush();
        }
        if (isPaused()) {
            context.channel().config().setAutoRead(false);
        }
    }

    private boolean isPaused() {
        return body != null && body.isPaused();
    }

    /** Returns whether the client may wait for permission to send the body. */
    private static boolean waitsForPermission(RequestHead head) {
        String expectation = head.headers().get(HttpHeaderNames.EXPECT);
        if (expectation == null || !head.isCurrent()) {
            return false;
        }
        if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw new RejectedRequestException(HttpRejection.UNKNOWN_EXPECTATION);
        }
        return true;
    }

    /** Does not request another read while the body is paused, as the superclass would. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        flush(context);
        if (isPaused()) {
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    private void abortBody() {
        if (body != null) {
            body.abort();
            body = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        abortBody();
    }
}
