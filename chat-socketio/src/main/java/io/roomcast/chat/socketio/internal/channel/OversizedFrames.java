package io.roomcast.chat.socketio.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Truncates text and binary frames that exceed the packet limit, before the frame decoder buffers them (RFC 6455,
 * section 5.2). Passes on the first bytes of such a frame as a shorter frame, and drops the rest as it arrives.
 *
 * <p>Passes on all other bytes unchanged, so that the frame decoder validates them. This includes frames that are too
 * large to be read to their end.
 */
@EventLoopConfined
public final class OversizedFrames extends ByteToMessageDecoder {
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;

    private final LongPredicate isTruncated;
    private final int headBytes;
    private long passing;
    private long dropping;

    /**
     * Creates a handler.
     *
     * @param isTruncated whether to truncate a frame of a length, which is then larger than the first bytes
     * @param headBytes the number of first bytes to pass on
     */
    public OversizedFrames(LongPredicate isTruncated, int headBytes) {
        this.isTruncated = isTruncated;
        this.headBytes = headBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (passing > 0) {
            int length = (int) Math.min(passing, in.readableBytes());
            passing -= length;
            out.add(in.readRetainedSlice(length));
        } else if (dropping > 0) {
            int length = (int) Math.min(dropping, in.readableBytes());
            dropping -= length;
            in.skipBytes(length);
        } else {
            ByteBuf header = header(context, in);
            if (header != null) {
                out.add(header);
            }
        }
    }

    /** Reads the next frame header and returns the header to pass on; null if it is incomplete. */
    private @Nullable ByteBuf header(ChannelHandlerContext context, ByteBuf in) {
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return null;
        }
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int lengthBytes = lengthBytes(second & LENGTH);
        int size = 2 + lengthBytes + ((second & MASKED) == 0 ? 0 : MASK_BYTES);
        if (in.readableBytes() < size) {
            return null;
        }
        long length = length(in, start + 2, second & LENGTH);
        if ((first & CONTROL) != 0 || !isTruncated.test(length)) {
            // The frame decoder rejects a negative length.
            passing = size + Math.max(0, Math.min(length, Long.MAX_VALUE - size));
            int now = (int) Math.min(passing, in.readableBytes());
            passing -= now;
            return in.readRetainedSlice(now);
        }
        passing = headBytes;
        dropping = length - passing;
        in.skipBytes(2 + lengthBytes);
        ByteBuf header = context.alloc().buffer(2 + 2 + MASK_BYTES);
        header.writeByte(first).writeByte((second & MASKED) | TWO_BYTES).writeShort(headBytes);
        return header.writeBytes(in, size - 2 - lengthBytes);
    }

    private static int lengthBytes(int length) {
        return switch (length) {
            case TWO_BYTES -> Short.BYTES;
            case EIGHT_BYTES -> Long.BYTES;
            default -> 0;
        };
    }

    private static long length(ByteBuf in, int index, int length) {
        return switch (length) {
            case TWO_BYTES -> in.getUnsignedShort(index);
            case EIGHT_BYTES -> in.getLong(index);
            default -> length;
        };
    }
}
