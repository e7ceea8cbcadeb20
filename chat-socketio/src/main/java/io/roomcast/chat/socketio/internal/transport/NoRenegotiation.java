package io.roomcast.chat.socketio.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes connections whose clients begin a second handshake, which costs the server far more than the client. The JDK
 * refuses it only by a property of the whole process.
 *
 * <p>Stands before the handler of TLS and reads the heads of the records (RFC 5246, section 6.2.1). Only TLS 1.2 has second
 * handshakes, and their records say so in the clear. One for each connection, used on its event loop.
 */
public final class NoRenegotiation extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE = 22;
    private static final int HEAD_BYTES = 5;
    private static final int LENGTH_HIGH = 3;
    private static final int BYTE = 0xff;

    private final SslHandler tls;
    private int headBytes;
    private int pendingLength;
    private int rest;

    /** Watches what the handler is about to read. */
    public NoRenegotiation(SslHandler tls) {
        this.tls = tls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        int at = in.readerIndex();
        while (at < in.writerIndex()) {
            if (isHandshake(in, at)) {
                passOn(context, in, at);
                if (tls.handshakeFuture().isSuccess()) {
                    in.release();
                    context.close();
                    return;
                }
            }
            at = next(in, at);
        }
        context.fireChannelRead(in);
    }

    private boolean isHandshake(ByteBuf in, int at) {
        return rest == 0 && headBytes == 0 && in.getByte(at) == HANDSHAKE;
    }

    /** What comes before may end the first handshake. */
    private static void passOn(ChannelHandlerContext context, ByteBuf in, int end) {
        if (end > in.readerIndex()) {
            context.fireChannelRead(in.readRetainedSlice(end - in.readerIndex()));
        }
    }

    private int next(ByteBuf in, int at) {
        if (rest > 0) {
            int skipped = Math.min(rest, in.writerIndex() - at);
            rest -= skipped;
            return at + skipped;
        }
        int length = headBytes < LENGTH_HIGH ? 0 : in.getByte(at) & BYTE;
        pendingLength = headBytes == LENGTH_HIGH ? length << Byte.SIZE : pendingLength | length;
        headBytes++;
        if (headBytes == HEAD_BYTES) {
            headBytes = 0;
            rest = pendingLength;
        }
        return at + 1;
    }
}
