package io.roomcast.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What became of a load.
 *
 * @param delivered messages that reached a client, each counted for each client
 * @param missing deliveries that did not come
 * @param duplicated deliveries that came again, or that belong to another load
 * @param reordered deliveries that came after a later one of the same sender in the same room
 * @param lost connections that ended before their time
 * @param latency nanoseconds from sending to delivery, for the part that was timed
 */
public record LoadReport(long delivered, long missing, long duplicated, long reordered, int lost, Histogram latency) {}
