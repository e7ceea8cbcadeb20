package io.roomcast.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client (RFC 6455) that sends and accepts only unfragmented text frames. */
final class WebSocketClientTransport extends ByteToMessageDecoder implements ClientTransport {
    private static final String REQUEST = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: %s:%d\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;
    private static final long TIMEOUT_SECONDS = 1;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final InetSocketAddress server;
    private final PacketHandler handler;

    @Nullable
    private ChannelHandlerContext context;

    private boolean upgraded;

    WebSocketClientTransport(InetSocketAddress server, PacketHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        String request = REQUEST.formatted(server.getHostString(), server.getPort());
        context.writeAndFlush(context.alloc().buffer().writeBytes(request.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        if (!upgraded) {
            upgraded = ResponseHead.skip(bytes, "HTTP/1.1 101");
        }
        while (upgraded && readFrame(context, bytes)) {
            // The condition reads one frame after another.
        }
    }

    /** Reads one frame. Returns false if it is incomplete. */
    private boolean readFrame(ChannelHandlerContext context, ByteBuf bytes) {
        int at = bytes.readerIndex();
        int readable = bytes.readableBytes();
        if (readable < 2) {
            return false;
        }
        int length = bytes.getByte(at + 1) & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (readable < head) {
            return false;
        }
        length = head == 4 ? bytes.getUnsignedShort(at + 2) : head == 10 ? (int) bytes.getLong(at + 2) : length;
        if (readable - head < length) {
            return false;
        }
        handle(context, bytes.getByte(at), bytes, at + head, length);
        bytes.readerIndex(at + head + length);
        return true;
    }

    private void handle(ChannelHandlerContext context, int first, ByteBuf bytes, int from, int length) {
        int opcode = first & 0xf;
        if (opcode == TEXT && (first & 0x80) != 0) {
            if (length > 0) {
                handler.packet(bytes, from, from + length);
            }
        } else if (opcode == PING) {
            context.writeAndFlush(masked(context, PONG, new byte[0]));
        } else if (opcode == CLOSE) {
            context.close();
        } else if (opcode != PONG) {
            throw new IllegalStateException(
                    "frame: " + Integer.toHexString(first & 0xff) + " (expected: unfragmented text)");
        }
    }

    @Override
    public void send(byte[] packet) {
        if (context != null) {
            context.writeAndFlush(masked(context, TEXT, packet));
        }
    }

    /** Returns a frame with a mask of zeros, which leaves the payload unchanged. */
    private static ByteBuf masked(ChannelHandlerContext context, int opcode, byte[] payload) {
        ByteBuf frame = context.alloc().directBuffer(payload.length + 8).writeByte(0x80 | opcode);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        return frame.writeInt(0).writeBytes(payload);
    }

    @Override
    public void close() {
        if (context != null) {
            ChannelHandlerContext closing = context;
            closing.writeAndFlush(masked(closing, CLOSE, new byte[] {0x03, (byte) 0xe8}));
            closing.executor().schedule(() -> closing.close(), TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        handler.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
