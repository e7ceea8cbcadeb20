package io.roomcast.chat.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The operations that wait for the writer, at most {@link #MAX_BYTES}. Safe for use by any thread; never blocks. */
final class OperationQueue {
    /** The maximum number of bytes that wait: {@value}. */
    static final long MAX_BYTES = 16 * 1_024 * 1_024;

    /** The maximum number of operations that wait: {@value}. */
    static final int MAX_OPERATIONS = 100_000;

    private final ConcurrentLinkedQueue<Operation> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    /** Adds an operation; fails it if too many wait. */
    void add(Operation operation) {
        int size = operation.size();
        long totalBytes = bytes.addAndGet(size);
        int total = count.incrementAndGet();
        if (totalBytes > MAX_BYTES || total > MAX_OPERATIONS) {
            bytes.addAndGet(-size);
            count.decrementAndGet();
            operation.fail();
        } else {
            waiting.add(operation);
        }
    }

    /** Removes the next operations, up to limits, of which the last one may exceed the second. */
    List<Operation> take(int maxOperations, int maxBytes) {
        List<Operation> taken = new ArrayList<>();
        int size = 0;
        while (taken.size() < maxOperations && size < maxBytes) {
            Operation next = waiting.poll();
            if (next == null) {
                break;
            }
            size += next.size();
            taken.add(next);
        }
        bytes.addAndGet(-size);
        count.addAndGet(-taken.size());
        return taken;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Fails all that wait. */
    void failAll() {
        List<Operation> failed = take(Integer.MAX_VALUE, Integer.MAX_VALUE);
        failed.forEach(Operation::fail);
    }
}
