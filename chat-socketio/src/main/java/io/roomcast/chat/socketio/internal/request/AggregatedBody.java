package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body in memory for a route that needs it whole. Keeps only the first bytes of a body that is too large, or
 * that finds no memory reserved for large ones.
 */
@EventLoopConfined
final class AggregatedBody implements BodySink {
    /** The size of the parts in which the progress of a large body is reported. */
    private static final int PART_BYTES = 65_536;

    private final ByteBufAllocator allocator;
    private final long length;
    private final HttpBounds.Packets bounds;
    private int maxKept;
    private long reserved;
    private long total;
    private boolean hasMorePackets;
    private long reportedParts;

    @Nullable
    private ByteBuf kept;

    /**
     * Creates an empty body.
     *
     * @param length the length if known, else {@link RequestHead#CHUNKED}
     * @param bounds the number of bytes to keep
     */
    AggregatedBody(ByteBufAllocator allocator, long length, HttpBounds.Packets bounds) {
        this.allocator = allocator;
        this.length = length;
        this.bounds = bounds;
        this.maxKept = bounds.keptBytes();
    }

    /** Appends the bytes. A body that arrives in one piece is not copied. */
    @Override
    public boolean write(ByteBuf bytes) {
        boolean isWhole = bytes.readableBytes() == length && length <= maxKept;
        boolean wasLarge = isLarge();
        total += bytes.readableBytes();
        if (isWhole) {
            kept = bytes.retainedSlice();
            return true;
        }
        if (isLarge() && !wasLarge) {
            reserve();
        }
        append(bytes);
        return true;
    }

    /** Reserves memory for the rest of the body, once. Without it the rest is dropped. */
    private void reserve() {
        int wanted =
                (int) (length == RequestHead.CHUNKED ? bounds.largeBytes() : Math.min(length, bounds.largeBytes()));
        if (wanted > maxKept && bounds.memory().tryReserve((long) wanted - maxKept)) {
            reserved = (long) wanted - maxKept;
            maxKept = wanted;
        }
    }

    private void append(ByteBuf bytes) {
        if (kept == null) {
            kept = allocator.buffer();
        }
        kept.writeBytes(bytes, Math.min(bytes.readableBytes(), maxKept - kept.readableBytes()));
        hasMorePackets |= bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), HttpBounds.Packets.SEPARATOR) >= 0;
    }

    /** Returns whether a further part has been kept since the last call. Dropped bytes do not count. */
    boolean hasProgressed() {
        long parts = Math.min(total, maxKept) / PART_BYTES;
        boolean isMore = parts > reportedParts;
        reportedParts = parts;
        return isMore;
    }

    @Override
    public void end() {
        // The decoder creates the request, which takes the content.
    }

    /** Returns the kept bytes. The caller releases them. */
    ByteBuf takeContent() {
        ByteBuf content = kept == null ? Unpooled.EMPTY_BUFFER : kept;
        kept = null;
        return content;
    }

    /** Returns whether the body is larger than any body may be without reserved memory. */
    boolean isLarge() {
        return total > bounds.keptBytes();
    }

    /** Returns the request with this body, which is large. The request takes over the reserved memory. */
    LargeRequest takeRequest(RequestHead head) {
        long held = reserved;
        reserved = 0;
        return new LargeRequest(
                head,
                takeContent(),
                total > maxKept,
                hasMorePackets,
                () -> bounds.memory().release(held));
    }

    @Override
    public void abort() {
        takeContent().release();
        bounds.memory().release(reserved);
        reserved = 0;
    }
}
