package io.roomcast.examples.benchmarks.load;

/**
 * What has arrived so far.
 *
 * @param delivered messages that reached a client, each counted for each client
 * @param bytes their packets' length
 * @param expected deliveries that the messages sent so far are to become
 */
public record Progress(long delivered, long bytes, long expected) {}
