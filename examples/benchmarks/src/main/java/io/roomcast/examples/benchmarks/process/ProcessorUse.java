package io.roomcast.examples.benchmarks.process;

import java.util.List;

/**
 * The processor time that was used during a measurement, in seconds. Immutable.
 *
 * @param seconds the time of the measurement
 * @param own the processor time of each process that was measured
 * @param others the time that other programs took of the same processors
 * @param stolen the time that the hypervisor took of these
 */
public record ProcessorUse(double seconds, List<Double> own, double others, double stolen) {
    /** Returns the processor time of some of the processes. */
    public double sum(int from, int to) {
        return own.subList(from, to).stream().mapToDouble(used -> used).sum();
    }
}
