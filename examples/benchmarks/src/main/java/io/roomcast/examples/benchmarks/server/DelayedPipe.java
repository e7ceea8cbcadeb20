package io.roomcast.examples.benchmarks.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** Forwards one direction of a connection. Bytes leave a fixed time after their arrival. */
final class DelayedPipe {
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 256;
    private static final Chunk END = new Chunk(ByteBuffer.allocate(0), 0);

    private record Chunk(ByteBuffer bytes, long dueNanos) {
        boolean isEnd() {
            return !bytes.hasRemaining();
        }
    }

    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS);
    private final Socket from;
    private final Socket to;
    private final long delayNanos;

    DelayedPipe(Socket from, Socket to, long delayNanos) {
        this.from = from;
        this.to = to;
        this.delayNanos = delayNanos;
    }

    void start(Executor threads) {
        if (delayNanos == 0) {
            threads.execute(this::pass);
        } else {
            threads.execute(this::take);
            threads.execute(this::deliver);
        }
    }

    private void pass() {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // The connection has ended, so the other direction ends as well.
        }
    }

    private void take() {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int read = read(buffer); read >= 0; read = read(buffer)) {
                underWay.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + delayNanos));
            }
            underWay.put(END);
        } catch (InterruptedException ending) {
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
            for (Chunk chunk = underWay.take(); !chunk.isEnd(); chunk = underWay.take()) {
                awaitDue(chunk);
                to.getOutputStream().write(chunk.bytes().array());
            }
        } catch (IOException gone) {
            // The connection has ended, so the other direction ends as well.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitDue(Chunk chunk) {
        for (long left = chunk.dueNanos - System.nanoTime(); left > 0; left = chunk.dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
