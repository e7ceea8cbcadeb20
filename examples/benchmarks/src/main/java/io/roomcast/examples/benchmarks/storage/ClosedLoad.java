package io.roomcast.examples.benchmarks.storage;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Keeps a fixed number of messages in flight: each stored message is followed by another. Safe for use by any thread. */
final class ClosedLoad {
    private static final long TIMEOUT_SECONDS = 30;
    private static final String CONTENT = "x".repeat(200);

    private final Recorder latency = new Recorder(3);
    private final LongAdder stored = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger turn = new AtomicInteger();
    private final MessageWriter writer;
    private final List<String> rooms;
    private final int outstanding;
    private final CountDownLatch ended;
    private volatile boolean stopped;

    ClosedLoad(MessageWriter writer, Cell cell) {
        this.writer = writer;
        this.rooms = cell.roomIds();
        this.outstanding = cell.outstanding();
        this.ended = new CountDownLatch(outstanding);
    }

    /** Starts to send. */
    void start() {
        for (int i = 0; i < outstanding; i++) {
            next();
        }
    }

    private void next() {
        if (stopped) {
            ended.countDown();
            return;
        }
        String room = rooms.get(Math.floorMod(turn.getAndIncrement(), rooms.size()));
        long startNanos = System.nanoTime();
        writer.store(room, CONTENT).whenComplete((result, failure) -> done(startNanos, failure));
    }

    private void done(long startNanos, @Nullable Throwable failure) {
        if (failure == null) {
            latency.recordValue(System.nanoTime() - startNanos);
            stored.increment();
        } else {
            failed.increment();
        }
        next();
    }

    /** Returns the number of stored messages. */
    long stored() {
        return stored.sum();
    }

    /** Returns the number of failed messages. */
    long failed() {
        return failed.sum();
    }

    /** Returns the latencies in nanoseconds since the previous call. */
    Histogram latency() {
        return latency.getIntervalHistogram();
    }

    /** Stops sending, and waits for the messages in flight. */
    void stop() throws InterruptedException, TimeoutException {
        stopped = true;
        if (!ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(ended.getCount() + " messages have no result");
        }
    }
}
