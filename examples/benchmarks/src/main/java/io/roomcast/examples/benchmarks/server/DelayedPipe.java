package io.roomcast.examples.benchmarks.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** Copies one direction of a connection, and delays each byte by the same time. */
final class DelayedPipe {
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 256;
    private static final Chunk END = new Chunk(ByteBuffer.allocate(0), 0);

    private record Chunk(ByteBuffer bytes, long dueNanos) {
        boolean isEnd() {
            return !bytes.hasRemaining();
        }
    }

    private final BlockingQueue<Chunk> delayed = new ArrayBlockingQueue<>(CHUNKS);
    private final Socket from;
    private final Socket to;
    private final long delayNanos;

    DelayedPipe(Socket from, Socket to, long delayNanos) {
        this.from = from;
        this.to = to;
        this.delayNanos = delayNanos;
    }

    /** Starts to copy, on threads of the executor. */
    void start(Executor threads) {
        if (delayNanos == 0) {
            threads.execute(this::copy);
        } else {
            threads.execute(this::receive);
            threads.execute(this::deliver);
        }
    }

    private void copy() {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // The connection has ended, so the other direction ends as well.
        }
    }

    private void receive() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int read = read(buffer); read >= 0; read = read(buffer)) {
                delayed.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + delayNanos));
            }
            delayed.put(END);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private int read(byte[] buffer) {
        try {
            return from.getInputStream().read(buffer);
        } catch (IOException gone) {
            return -1;
        }
    }

    private void deliver() {
        try (from;
                to) {
            for (Chunk chunk = delayed.take(); !chunk.isEnd(); chunk = delayed.take()) {
                awaitDue(chunk);
                to.getOutputStream().write(chunk.bytes().array());
            }
        } catch (IOException gone) {
            // The other direction ends as well.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitDue(Chunk chunk) {
        for (long left = chunk.dueNanos - System.nanoTime(); left > 0; left = chunk.dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
