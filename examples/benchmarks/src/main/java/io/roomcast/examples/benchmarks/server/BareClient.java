package io.roomcast.examples.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.nio.charset.StandardCharsets;

/** Implements the part of the protocol that the load generator uses, without validation. */
final class BareClient extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final byte QUOTE = '"';
    private static final String OPEN =
            "0{\"sid\":\"none\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":65536}";

    private final BareRooms rooms;

    BareClient(BareRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            context.writeAndFlush(new TextWebSocketFrame(OPEN));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        ByteBuf packet = frame.content();
        if (packet.readableBytes() < 3) {
            connect(context, packet);
        } else if (packet.getByte(4) == 's') {
            rooms.send(valueOf(packet, 0), valueOf(packet, 1), valueOf(packet, 3));
        } else if (packet.getByte(4) == 'j') {
            rooms.join(lastText(packet), context.channel());
        } else {
            rooms.leave(lastText(packet), context.channel());
        }
    }

    private static void connect(ChannelHandlerContext context, ByteBuf packet) {
        if (packet.getByte(0) == '4' && packet.getByte(1) == '0') {
            context.writeAndFlush(new TextWebSocketFrame("40{\"sid\":\"none\"}"));
        }
    }

    /** Returns the text in {@code 42["joinRoom","the text"]}. */
    private static String lastText(ByteBuf packet) {
        int to = packet.writerIndex() - 2;
        int from = packet.indexOf(to, packet.readerIndex(), QUOTE) + 1;
        return packet.toString(from, to - from, StandardCharsets.US_ASCII);
    }

    /** Returns the value of the object's field with the index. All values are strings without escapes. */
    private static byte[] valueOf(ByteBuf packet, int field) {
        int at = packet.readerIndex();
        for (int quotes = 0; quotes < 4 * field + 5; quotes++) {
            at = packet.indexOf(at, packet.writerIndex(), QUOTE) + 1;
        }
        int end = packet.indexOf(at, packet.writerIndex(), QUOTE);
        return ByteBufUtil.getBytes(packet, at, end - at);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        rooms.remove(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
