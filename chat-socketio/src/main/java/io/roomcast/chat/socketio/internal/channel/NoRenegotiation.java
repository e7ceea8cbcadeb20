package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes connections whose clients renegotiate TLS, which costs the server far more than the client. The JDK can disable
 * renegotiation only for the whole process.
 *
 * <p>Precedes the TLS handler and reads the record headers (RFC 5246, section 6.2.1). Only TLS 1.2 has renegotiation,
 * and its record types are not encrypted.
 */
@EventLoopConfined
public final class NoRenegotiation extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE = 22;
    private static final int HEADER_BYTES = 5;
    private static final int LENGTH_HIGH = 3;
    private static final int BYTE = 0xff;

    private final SslHandler tls;
    private int headerBytes;
    private int pendingLength;
    private int remaining;

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
                passOnUntil(context, in, at);
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
        return remaining == 0 && headerBytes == 0 && in.getByte(at) == HANDSHAKE;
    }

    /** Passes on the bytes before a handshake record, because they may complete the first handshake. */
    private static void passOnUntil(ChannelHandlerContext context, ByteBuf in, int end) {
        if (end > in.readerIndex()) {
            context.fireChannelRead(in.readRetainedSlice(end - in.readerIndex()));
        }
    }

    private int next(ByteBuf in, int at) {
        if (remaining > 0) {
            int skipped = Math.min(remaining, in.writerIndex() - at);
            remaining -= skipped;
            return at + skipped;
        }
        int length = headerBytes < LENGTH_HIGH ? 0 : in.getByte(at) & BYTE;
        pendingLength = headerBytes == LENGTH_HIGH ? length << Byte.SIZE : pendingLength | length;
        headerBytes++;
        if (headerBytes == HEADER_BYTES) {
            headerBytes = 0;
            remaining = pendingLength;
        }
        return at + 1;
    }
}
