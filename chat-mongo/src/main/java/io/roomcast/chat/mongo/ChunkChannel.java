package io.roomcast.chat.mongo;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.function.IntFunction;

/** Reads a part of a file chunk by chunk. Used by one thread at a time. */
final class ChunkChannel implements ReadableByteChannel {
    private final IntFunction<byte[]> chunks;
    private final long end;
    private long position;
    private int current = -1;
    private byte[] data = new byte[0];
    private boolean closed;

    /**
     * Creates a channel.
     *
     * @param chunks returns the bytes of the chunk with a number
     * @param end the byte after the last one
     */
    ChunkChannel(IntFunction<byte[]> chunks, long from, long end) {
        this.chunks = chunks;
        this.position = from;
        this.end = end;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= end) {
            return -1;
        }
        int number = (int) (position / FileDocument.CHUNK_BYTES);
        if (number != current) {
            data = chunks.apply(number);
            current = number;
        }
        int begin = (int) (position % FileDocument.CHUNK_BYTES);
        int length = (int) Math.min(Math.min(data.length - begin, target.remaining()), end - position);
        if (data.length <= begin) {
            return -1;
        }
        target.put(data, begin, length);
        position += length;
        return length;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
