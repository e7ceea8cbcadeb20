package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import java.util.function.Consumer;

/**
 * An outbound packet, encoded once as a WebSocket frame (RFC 6455, section 5.2) for all its recipients. Polling clients
 * get the payload of the frame, with binary payloads as base64.
 *
 * <p>Reference-counted: the creator releases the packet, and each further holder retains and releases it. Safe for use
 * by any thread.
 */
public final class EncodedPacket {
    /** Whether a packet may be dropped for a client that reads too slowly. */
    public enum DropPolicy {
        /** May be dropped without notice: it is useless later, or a newer packet replaces it. */
        VOLATILE,
        /** May be dropped if the client is notified afterwards and can fetch what it missed. */
        RECOVERABLE,
        /** Is never dropped. */
        REQUIRED
    }

    private static final int MAX_HEADER = 10;
    private static final int INITIAL_CAPACITY = 512;
    private static final int FINAL_TEXT_FRAME = 0x81;
    private static final int FINAL_BINARY_FRAME = 0x82;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;

    private final ByteBuf frame;
    private final int headerLength;
    private final DropPolicy dropPolicy;

    private EncodedPacket(ByteBuf frame, int headerLength, DropPolicy dropPolicy) {
        this.frame = frame;
        this.headerLength = headerLength;
        this.dropPolicy = dropPolicy;
    }

    /**
     * Creates a text packet.
     *
     * @param writer appends the text to a buffer, in UTF-8
     */
    public static EncodedPacket of(DropPolicy dropPolicy, Consumer<ByteBuf> writer) {
        return of(FINAL_TEXT_FRAME, dropPolicy, writer);
    }

    private static EncodedPacket of(int frameStart, DropPolicy dropPolicy, Consumer<ByteBuf> writer) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(INITIAL_CAPACITY);
        try {
            buffer.writeZero(MAX_HEADER);
            writer.accept(buffer);
            return framed(buffer.retain(), frameStart, dropPolicy);
        } finally {
            buffer.release();
        }
    }

    /** Creates a required text packet. */
    public static EncodedPacket of(String text) {
        return of(DropPolicy.REQUIRED, buffer -> ByteBufUtil.writeUtf8(buffer, text));
    }

    /** Creates a required binary packet. */
    public static EncodedPacket of(byte[] bytes) {
        return of(FINAL_BINARY_FRAME, DropPolicy.REQUIRED, buffer -> buffer.writeBytes(bytes));
    }

    /** Writes the header before the payload, when its length is known. */
    private static EncodedPacket framed(ByteBuf buffer, int frameStart, DropPolicy dropPolicy) {
        int length = buffer.writerIndex() - MAX_HEADER;
        int headerLength = length < TWO_BYTE_LENGTH ? 2 : length <= 0xffff ? 4 : MAX_HEADER;
        int start = MAX_HEADER - headerLength;
        buffer.setByte(start, frameStart);
        if (headerLength == 2) {
            buffer.setByte(start + 1, length);
        } else if (headerLength == 4) {
            buffer.setByte(start + 1, TWO_BYTE_LENGTH).setShort(start + 2, length);
        } else {
            buffer.setByte(start + 1, EIGHT_BYTE_LENGTH).setLong(start + 2, length);
        }
        return new EncodedPacket(buffer.readerIndex(start), headerLength, dropPolicy);
    }

    DropPolicy dropPolicy() {
        return dropPolicy;
    }

    /** Returns the frame, for one WebSocket to write and release. */
    ByteBuf frame() {
        return frame.retainedDuplicate();
    }

    /** Returns the payload as text, for one polling client. The caller releases it. */
    ByteBuf text() {
        ByteBuf content = frame.slice(frame.readerIndex() + headerLength, length());
        return isText() ? content.retain() : base64(content);
    }

    /** Appends the payload as text, for one polling client. */
    void writeTextTo(ByteBuf buffer) {
        if (isText()) {
            writeTo(buffer, 0, 0);
        } else {
            ByteBuf text = text();
            buffer.writeBytes(text);
            text.release();
        }
    }

    private boolean isText() {
        return frame.getUnsignedByte(frame.readerIndex()) == FINAL_TEXT_FRAME;
    }

    /** Appends the payload to a buffer, without the given numbers of bytes at its beginning and end. */
    public void writeTo(ByteBuf buffer, int withoutFirst, int withoutLast) {
        int start = frame.readerIndex() + headerLength + withoutFirst;
        buffer.writeBytes(frame, start, length() - withoutFirst - withoutLast);
    }

    private static ByteBuf base64(ByteBuf bytes) {
        ByteBuf type = Unpooled.wrappedBuffer(new byte[] {(byte) EnginePackets.BINARY});
        return Unpooled.wrappedBuffer(type, Base64.encode(bytes, false));
    }

    /** Returns the length of the payload, in bytes. */
    int length() {
        return frame.readableBytes() - headerLength;
    }

    /** Adds a reference. */
    public EncodedPacket retain() {
        frame.retain();
        return this;
    }

    /** Removes a reference. */
    public void release() {
        frame.release();
    }
}
