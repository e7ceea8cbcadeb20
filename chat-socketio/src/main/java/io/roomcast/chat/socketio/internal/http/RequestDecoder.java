package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes complete HTTP/1.1 and 1.0 requests (RFC 9112), and none after a malformed or oversized one.
 *
 * <p>Passes on each {@link FullHttpRequest}, or the first {@link MalformedRequest} as soon as its head shows that it
 * is unreadable. Reads and drops everything after that, so that the client can read the answer. Fires {@link #BEGUN} at
 * the first byte of each request.
 */
public final class RequestDecoder extends ByteToMessageDecoder {
    /** The event that a request has begun. */
    static final Object BEGUN = new Object();

    private final HeadReader heads;
    private final HttpBounds bounds;
    private boolean refused;
    private boolean begun;

    @Nullable
    private RequestHead head;

    @Nullable
    private BodyReader body;

    /** What was read of the body; null if the body is read in one piece. */
    @Nullable
    private BodyBytes read;

    /** Creates a decoder with the given size limits. */
    public RequestDecoder(HttpBounds bounds) {
        this.heads = new HeadReader(bounds);
        this.bounds = bounds;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!begun && in.isReadable()) {
            begun = true;
            context.fireUserEventTriggered(BEGUN);
        }
        try {
            FullHttpRequest request = read(context, in);
            if (request != null) {
                out.add(request);
            }
        } catch (RejectedRequestException refusal) {
            refused = true;
            in.skipBytes(in.readableBytes());
            out.add(new MalformedRequest(refusal.refusal(), head == null ? heads.headers() : head.headers()));
        }
    }

    private @Nullable FullHttpRequest read(ChannelHandlerContext context, ByteBuf in) {
        if (head == null) {
            head = heads.read(in);
            if (head == null) {
                return null;
            }
            body = bodyOf(context, head, in);
        }
        ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : body.read(in);
        return content == null ? null : whole(head, content);
    }

    private @Nullable BodyReader bodyOf(ChannelHandlerContext context, RequestHead whole, ByteBuf in) {
        long length = whole.bodyLength();
        boolean isOfPackets = bounds.packets().isFor(whole);
        int kept = isOfPackets ? bounds.packets().keptBytes() : bounds.bodyBytes();
        int most = isOfPackets ? bounds.packets().mostBytes() : bounds.bodyBytes();
        if (length > most) {
            throw new RejectedRequestException(HttpRejection.TOO_LARGE);
        }
        expect(context, whole, length != 0 && !in.isReadable());
        if (length == RequestHead.CHUNKED || length > kept) {
            read = new BodyBytes(context.alloc(), kept, most);
            return length == RequestHead.CHUNKED ? new ChunkedBody(read) : new OversizedBody(read, length);
        }
        int bytes = (int) length;
        return bytes == 0 ? null : rest -> rest.readableBytes() < bytes ? null : rest.readRetainedSlice(bytes);
    }

    private static void expect(ChannelHandlerContext context, RequestHead head, boolean waits) {
        String expectation = head.headers().get(HttpHeaderNames.EXPECT);
        if (expectation == null || !head.isCurrent()) {
            return;
        }
        if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw new RejectedRequestException(HttpRejection.UNKNOWN_EXPECTATION);
        }
        if (waits) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private FullHttpRequest whole(RequestHead whole, ByteBuf content) {
        FullHttpRequest request = read != null && read.isCut()
                ? new TruncatedRequest(whole, content, read.hasMorePackets())
                : new DefaultFullHttpRequest(
                        whole.version(),
                        whole.method(),
                        whole.target(),
                        content,
                        whole.headers(),
                        EmptyHttpHeaders.INSTANCE);
        head = null;
        begun = false;
        releaseBody();
        return request;
    }

    private void releaseBody() {
        body = null;
        if (read != null) {
            read.release();
            read = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        releaseBody();
    }
}
