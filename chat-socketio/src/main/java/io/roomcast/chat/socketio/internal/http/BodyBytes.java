package io.roomcast.chat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The bytes of one body, of which only the first are kept; used on its connection's event loop. */
final class BodyBytes {
    private final ByteBuf kept;
    private final int keptBytes;
    private final int mostBytes;
    private long total;
    private boolean hasMorePackets;

    /**
     * Creates an empty body.
     *
     * @param keptBytes how many bytes to keep
     * @param mostBytes the maximum number of bytes, kept and dropped
     */
    BodyBytes(ByteBufAllocator allocator, int keptBytes, int mostBytes) {
        this.kept = allocator.buffer();
        this.keptBytes = keptBytes;
        this.mostBytes = mostBytes;
    }

    /**
     * Checks that more bytes may follow.
     *
     * @throws RejectedRequestException if the body is then too large
     */
    void expect(long length) {
        if (length > mostBytes - total) {
            throw new RejectedRequestException(HttpRejection.TOO_LARGE);
        }
    }

    /** Reads bytes, and drops those beyond the ones to keep. */
    void read(ByteBuf in, int length) {
        total += length;
        int here = Math.min(length, keptBytes - kept.readableBytes());
        kept.writeBytes(in, here);
        ByteBuf dropped = in.readSlice(length - here);
        hasMorePackets |=
                dropped.indexOf(dropped.readerIndex(), dropped.writerIndex(), HttpBounds.Packets.SEPARATOR) >= 0;
    }

    /** Returns the number of bytes read. */
    long total() {
        return total;
    }

    /** Returns the kept bytes, which the caller releases. */
    ByteBuf content() {
        return kept.retain();
    }

    /** Returns whether any byte was dropped. */
    boolean isCut() {
        return total > kept.readableBytes();
    }

    /** Returns whether a separator of packets was dropped. */
    boolean hasMorePackets() {
        return hasMorePackets;
    }

    void release() {
        kept.release();
    }
}
