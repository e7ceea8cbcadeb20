package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes connections whose clients start a second handshake, which costs the server far more than the client. The JDK
 * can refuse it only with a property of the whole process.
 *
 * <p>Precedes the TLS handler and reads the record headers (RFC 5246, section 6.2.1). Only TLS 1.2 has renegotiation,
 * and its record types are not encrypted. One for each connection, used on its event loop.
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

    /** Creates a guard for the connection of the given TLS handler. */
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

    /** Passes on the bytes before a handshake record first, because they may complete the first handshake. */
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
