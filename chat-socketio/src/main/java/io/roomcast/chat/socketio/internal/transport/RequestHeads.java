package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request by its head, before its body is read.
 *
 * <p>A body must say its length: a transfer coding is what requests are smuggled with (RFC 9112, section 11.2), and no
 * client of ours needs one. One for each connection.
 */
public final class RequestHeads extends ChannelInboundHandlerAdapter {
    private final int maxBody;
    private boolean refused;

    /** Lets bodies of so many bytes pass. */
    public RequestHeads(int maxBody) {
        this.maxBody = maxBody;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (!refused && part instanceof HttpRequest head) {
            HttpRefusal refusal = refusal(head);
            if (refusal != null) {
                refused = true;
                refusal.send(context);
            }
        }
        if (refused) {
            ReferenceCountUtil.release(part);
        } else {
            context.fireChannelRead(part);
        }
    }

    private @Nullable HttpRefusal refusal(HttpRequest head) {
        if (head.decoderResult().isFailure()
                || head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || head.headers().getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1) {
            return HttpRefusal.MALFORMED;
        }
        return HttpUtil.getContentLength(head, 0L) > maxBody ? HttpRefusal.TOO_LARGE : null;
    }
}
