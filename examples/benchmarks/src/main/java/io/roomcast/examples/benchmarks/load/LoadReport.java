package io.roomcast.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * The result of a load. Immutable.
 *
 * @param delivered the number of deliveries: each message counts once for each client that received it
 * @param missing the number of deliveries that are missing
 * @param duplicated the number of deliveries that were repeated, or that belong to another load
 * @param reordered the number of deliveries that arrived after a later message of the same sender in the same room
 * @param lost the number of connections that ended before the load did
 * @param latency the nanoseconds from sending to delivery on the same server, while recording was on
 * @param crossedLatency the same of deliveries on another server
 */
public record LoadReport(
        long delivered,
        long missing,
        long duplicated,
        long reordered,
        int lost,
        Histogram latency,
        Histogram crossedLatency) {
    /** Returns what was lost, repeated or out of order, as text; empty if nothing was. */
    public String fault() {
        return missing + duplicated + reordered + lost == 0
                ? ""
                : "%,d messages missing, %,d duplicated, %,d out of order, %,d connections lost"
                        .formatted(missing, duplicated, reordered, lost);
    }
}
