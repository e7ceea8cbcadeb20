package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import java.util.function.Consumer;

/**
 * An outbound packet that is encoded once, as a WebSocket frame (RFC 6455, section 5.2), and shared by all who get it;
 * what the frame carries is what a polling client gets, bytes as base64.
 *
 * <p>Reference-counted: its maker releases it, and whoever keeps it retains it.
 */
public final class EncodedPacket {
    private static final int HEADER_ROOM = 10;
    private static final int FINAL_TEXT_FRAME = 0x81;
    private static final int FINAL_BINARY_FRAME = 0x82;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;

    private final ByteBuf frame;
    private final int headerLength;
    private final Delivery importance;

    private EncodedPacket(ByteBuf frame, int headerLength, Delivery importance) {
        this.frame = frame;
        this.headerLength = headerLength;
        this.importance = importance;
    }

    /** A packet with the text that the writer appends to a buffer, as UTF-8. */
    public static EncodedPacket of(Delivery importance, Consumer<ByteBuf> writer) {
        return of(FINAL_TEXT_FRAME, importance, writer);
    }

    private static EncodedPacket of(int frameStart, Delivery importance, Consumer<ByteBuf> writer) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(512);
        try {
            buffer.writeZero(HEADER_ROOM);
            writer.accept(buffer);
            return framed(buffer.retain(), frameStart, importance);
        } finally {
            buffer.release();
        }
    }

    /** A packet with the given text, never left out. */
    public static EncodedPacket of(String text) {
        return of(Delivery.VITAL, buffer -> ByteBufUtil.writeUtf8(buffer, text));
    }

    /** A packet with the given bytes, never left out. */
    public static EncodedPacket of(byte[] bytes) {
        return of(FINAL_BINARY_FRAME, Delivery.VITAL, buffer -> buffer.writeBytes(bytes));
    }

    private static EncodedPacket framed(ByteBuf buffer, int frameStart, Delivery importance) {
        int length = buffer.writerIndex() - HEADER_ROOM;
        int headerLength = length < TWO_BYTE_LENGTH ? 2 : length <= 0xffff ? 4 : HEADER_ROOM;
        int start = HEADER_ROOM - headerLength;
        buffer.setByte(start, frameStart);
        if (headerLength == 2) {
            buffer.setByte(start + 1, length);
        } else if (headerLength == 4) {
            buffer.setByte(start + 1, TWO_BYTE_LENGTH).setShort(start + 2, length);
        } else {
            buffer.setByte(start + 1, EIGHT_BYTE_LENGTH).setLong(start + 2, length);
        }
        return new EncodedPacket(buffer.readerIndex(start), headerLength, importance);
    }

    Delivery importance() {
        return importance;
    }

    /** The frame, for one WebSocket to write and release. */
    ByteBuf frame() {
        return frame.retainedDuplicate();
    }

    /** What the frame carries, for one polling client. */
    ByteBuf text() {
        ByteBuf content = frame.slice(frame.readerIndex() + headerLength, length());
        boolean isText = frame.getUnsignedByte(frame.readerIndex()) == FINAL_TEXT_FRAME;
        return isText ? content.retain() : base64(content);
    }

    /** Appends what the frame carries to a buffer, without so many bytes at its two ends. */
    public void writeTo(ByteBuf buffer, int withoutFirst, int withoutLast) {
        int start = frame.readerIndex() + headerLength + withoutFirst;
        buffer.writeBytes(frame, start, length() - withoutFirst - withoutLast);
    }

    private static ByteBuf base64(ByteBuf bytes) {
        ByteBuf mark = Unpooled.wrappedBuffer(new byte[] {(byte) EnginePackets.BYTES});
        return Unpooled.wrappedBuffer(mark, Base64.encode(bytes, false));
    }

    /** The length of what the frame carries, in bytes. */
    int length() {
        return frame.readableBytes() - headerLength;
    }

    /** Keeps the packet for one more holder. */
    public EncodedPacket retain() {
        frame.retain();
        return this;
    }

    /** One holder has no more use for it. */
    public void release() {
        frame.release();
    }
}
