package io.roomcast.chat.socketio.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import org.jspecify.annotations.Nullable;

/** Collects a body in memory for a route that needs it whole. Keeps only the first bytes of an oversized body. */
@EventLoopConfined
final class AggregatedBody implements BodySink {
    private final ByteBufAllocator allocator;
    private final long length;
    private final int keptBytes;
    private long total;
    private boolean hasMorePackets;

    @Nullable
    private ByteBuf kept;

    /**
     * Creates an empty body.
     *
     * @param length the length if known, else {@link RequestHead#CHUNKED}
     * @param keptBytes the number of bytes to keep at most
     */
    AggregatedBody(ByteBufAllocator allocator, long length, int keptBytes) {
        this.allocator = allocator;
        this.length = length;
        this.keptBytes = keptBytes;
    }

    /** Appends the bytes. A body that arrives in one piece is not copied. */
    @Override
    public boolean write(ByteBuf bytes) {
        boolean isWhole = bytes.readableBytes() == length && length <= keptBytes;
        total += bytes.readableBytes();
        if (isWhole) {
            kept = bytes.retainedSlice();
        } else {
            append(bytes);
        }
        return true;
    }

    private void append(ByteBuf bytes) {
        if (kept == null) {
            kept = allocator.buffer();
        }
        kept.writeBytes(bytes, Math.min(bytes.readableBytes(), keptBytes - kept.readableBytes()));
        hasMorePackets |= bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), HttpBounds.Packets.SEPARATOR) >= 0;
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

    /** Returns whether bytes were dropped. */
    boolean isTruncated() {
        return total > keptBytes;
    }

    /** Returns whether a separator of packets was dropped. */
    boolean hasMorePackets() {
        return hasMorePackets;
    }

    @Override
    public void abort() {
        takeContent().release();
    }
}
