package io.roomcast.examples.benchmarks.process;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads what processes, and others beside them, have used of processors. Immutable.
 *
 * @param own the processes that are measured
 * @param processors the processors to which all of them are pinned; empty if they are not
 */
public record ProcessorClock(List<ProcessGauge> own, List<String> processors) {
    /** What was used until now, in seconds of processor time. */
    private record Reading(long nanos, List<Double> own, double others, ProcessorTimes processors) {}

    /** Measures from now on. */
    public Measurement begin() {
        return new Measurement(this, read());
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(),
                own.stream().map(ProcessGauge::cpuSeconds).toList(),
                ProcessGauge.cpuSecondsBeside(own),
                ProcessorTimes.sum(processors.stream().map(ProcessorTimes::read).toList()));
    }

    /** A measurement that has begun. */
    public record Measurement(ProcessorClock clock, Reading before) {
        /** Returns what was used since the beginning. */
        public ProcessorUse end() {
            Reading after = clock.read();
            ProcessorTimes times = after.processors.since(before.processors);
            List<Double> own = IntStream.range(0, after.own.size())
                    .mapToObj(i -> after.own.get(i) - before.own.get(i))
                    .toList();
            double used = own.stream().mapToDouble(seconds -> seconds).sum();
            // Processors sample their times. Others use them only if other processes have used anything.
            double others = Math.min(times.busy() - used, after.others - before.others);
            return new ProcessorUse((after.nanos - before.nanos) / 1e9, own, Math.max(0, others), times.stolen());
        }
    }
}
