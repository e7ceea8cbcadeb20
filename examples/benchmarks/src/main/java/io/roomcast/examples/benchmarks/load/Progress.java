package io.roomcast.examples.benchmarks.load;

/**
 * The counts of a running load. Immutable.
 *
 * @param delivered the number of deliveries so far: each message counts once for each client that received it
 * @param crossed the number of those whose sender is connected to another server
 * @param bytes the total length of their packets
 * @param expected the number of deliveries once all messages sent so far have arrived
 */
public record Progress(long delivered, long crossed, long bytes, long expected) {}
