package io.roomcast.chat.socketio.internal.files;

import io.netty.buffer.ByteBuf;
import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import io.roomcast.chat.socketio.internal.request.BodyMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one body that are stored together: what has arrived together, up to {@value #MAX_BYTES} bytes and one read.
 * Holds more than one read only as long as the memory that all bodies share suffices.
 */
@EventLoopConfined
final class UploadPart {
    static final int MAX_BYTES = 1_048_576;

    /** TLS and chunks split what was read; a client must not make a part of single bytes. */
    private static final int MAX_BUFFERS = 64;

    private final BodyMemory memory;
    private final List<ByteBuf> buffers = new ArrayList<>();
    private int length;
    private int reserved;

    /**
     * Creates an empty part.
     *
     * @param memory limits what the parts of all bodies hold beyond one read each
     */
    UploadPart(BodyMemory memory) {
        this.memory = memory;
    }

    /** Adds bytes, which it retains. Returns whether more may follow. */
    boolean add(ByteBuf bytes) {
        buffers.add(bytes.retain());
        length += bytes.readableBytes();
        return length < MAX_BYTES && buffers.size() < MAX_BUFFERS && reserve();
    }

    /** Reserves as much as it holds, so that one more read is covered. */
    private boolean reserve() {
        boolean isReserved = memory.tryReserve((long) length - reserved);
        if (isReserved) {
            reserved = length;
        }
        return isReserved;
    }

    boolean isEmpty() {
        return buffers.isEmpty();
    }

    /** Returns the number of bytes. */
    int length() {
        return length;
    }

    /** Returns the bytes, which are valid until {@link #clear}. */
    List<ByteBuffer> bytes() {
        return buffers.stream().map(ByteBuf::nioBuffer).toList();
    }

    /** Releases the bytes. */
    void clear() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
        memory.release(reserved);
        length = 0;
        reserved = 0;
    }
}
