package io.roomcast.examples.benchmarks.load;

/**
 * The deliveries so far.
 *
 * @param delivered deliveries: messages, counted once for each client that received them
 * @param bytes the length of their packets
 * @param expected the deliveries that all sent messages will cause
 */
public record Progress(long delivered, long bytes, long expected) {}
