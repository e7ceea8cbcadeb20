package io.roomcast.examples.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * The result of a load.
 *
 * @param delivered deliveries: messages, counted once for each client that received them
 * @param missing deliveries that did not arrive
 * @param duplicated deliveries that arrived again, or that belong to another load
 * @param reordered deliveries that arrived after a later one of the same sender in the same room
 * @param lost connections that ended early
 * @param latency nanoseconds from sending to delivery, for the measured part
 */
public record LoadReport(long delivered, long missing, long duplicated, long reordered, int lost, Histogram latency) {}
