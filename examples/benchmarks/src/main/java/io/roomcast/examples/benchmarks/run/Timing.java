package io.roomcast.examples.benchmarks.run;

import java.time.Duration;

/**
 * The extent of measurements. Immutable.
 *
 * @param repetitions the number of measurements, each in a new process, of which the median is reported
 * @param coldCpuSeconds the processor time of a new server, from the first message on, in which it is measured cold
 * @param warmCpuSeconds the processor time of a new server under load, after which it is measured warm
 * @param settle the time that a scenario runs before a warm measurement
 * @param measure the time of a warm measurement
 */
record Timing(int repetitions, int coldCpuSeconds, int warmCpuSeconds, Duration settle, Duration measure) {
    /** Returns the window of a phase. */
    Window window(Phase phase) {
        return phase == Phase.COLD ? Window.untilCpu(coldCpuSeconds) : Window.of(settle, measure);
    }

    /** Returns the text for the report. */
    @Override
    public String toString() {
        return ("medians of %d, ± half their range; cold: the first %d CPU seconds after ready, at most %d s;"
                        + " warm: %.1f s after %d CPU seconds")
                .formatted(repetitions, coldCpuSeconds, 2 * coldCpuSeconds, measure.toMillis() / 1e3, warmCpuSeconds);
    }
}
