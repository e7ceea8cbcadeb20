package io.roomcast.examples.benchmarks.process;

/**
 * What a server used until it was ready. Immutable.
 *
 * @param cpuSeconds the processor time, with that of processes that it started and waited for
 * @param residentKib the resident set size in KiB
 */
public record StartUp(double cpuSeconds, long residentKib) {}
