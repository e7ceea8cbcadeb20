package io.roomcast.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/** Counts what arrives, in the whole load and within its measured part; confined to the event loop. */
final class DeliveryCounter {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private long delivered;
    private long bytes;
    private long repeated;
    private long late;
    private long foreign;
    private boolean timing;

    void arrived(Sequence.Arrival arrival, int length, long sentNanos) {
        if (arrival == Sequence.Arrival.REPEATED) {
            repeated++;
            return;
        }
        late += arrival == Sequence.Arrival.LATE ? 1 : 0;
        delivered++;
        bytes += length;
        if (timing) {
            latency.recordValue(Math.min(LONGEST_NANOS, Math.max(0, System.nanoTime() - sentNanos)));
        }
    }

    /** Records a delivery that belongs to another load. */
    void foreign() {
        foreign++;
    }

    void timing(boolean wanted) {
        timing = wanted;
    }

    long delivered() {
        return delivered;
    }

    long bytes() {
        return bytes;
    }

    long repeated() {
        return repeated + foreign;
    }

    long late() {
        return late;
    }

    Histogram latency() {
        return latency.copy();
    }
}
