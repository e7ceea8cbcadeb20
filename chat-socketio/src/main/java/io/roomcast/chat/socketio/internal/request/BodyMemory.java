package io.roomcast.chat.socketio.internal.request;

import java.util.concurrent.atomic.AtomicLong;

/** Limits the memory that the large bodies of a server use together. Safe for use by any thread. */
public final class BodyMemory {
    private final AtomicLong free;

    /** Creates a limit of the given number of bytes. */
    public BodyMemory(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Reserves bytes. Returns false, without reserving any, if fewer are free. */
    public boolean tryReserve(long bytes) {
        return free.getAndUpdate(left -> left < bytes ? left : left - bytes) >= bytes;
    }

    /** Releases bytes that were reserved. */
    public void release(long bytes) {
        free.addAndGet(bytes);
    }

    /** Returns the number of bytes that are not reserved. */
    public long free() {
        return free.get();
    }
}
