package io.roomcast.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/** Counts deliveries, and records latencies while that is turned on. Confined to the event loop. */
final class DeliveryCounter {
    /** The highest recorded duration; longer ones count as this one. */
    static final long MAX_NANOS = 60_000_000_000L;

    private final Histogram latency = new Histogram(MAX_NANOS, 3);
    private final Histogram crossedLatency = new Histogram(MAX_NANOS, 3);
    private long crossed;
    private long delivered;
    private long bytes;
    private long repeated;
    private long late;
    private long foreign;
    private boolean recordsLatency;

    /**
     * Records a delivery.
     *
     * @param crosses whether the sender is connected to another server
     */
    void record(Sequence.Arrival arrival, int length, long sentNanos, boolean crosses) {
        if (arrival == Sequence.Arrival.REPEATED) {
            repeated++;
            return;
        }
        late += arrival == Sequence.Arrival.LATE ? 1 : 0;
        delivered++;
        crossed += crosses ? 1 : 0;
        bytes += length;
        if (recordsLatency) {
            (crosses ? crossedLatency : latency)
                    .recordValue(Math.min(MAX_NANOS, Math.max(0, System.nanoTime() - sentNanos)));
        }
    }

    /** Records a message of another load. */
    void recordForeign() {
        foreign++;
    }

    /** Turns the recording of latencies on or off. */
    void recordLatency(boolean enabled) {
        recordsLatency = enabled;
    }

    long delivered() {
        return delivered;
    }

    long crossed() {
        return crossed;
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

    Histogram crossedLatency() {
        return crossedLatency.copy();
    }
}
