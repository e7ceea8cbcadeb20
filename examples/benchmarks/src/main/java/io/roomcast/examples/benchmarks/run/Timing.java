package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.scenario.Phase;
import io.roomcast.examples.benchmarks.scenario.Window;
import io.roomcast.examples.benchmarks.targets.Target;
import java.time.Duration;

/**
 * The extent of measurements. Immutable.
 *
 * @param repetitions the number of measurements, each in a new process, of which the median is reported
 * @param coldCpuSeconds the processor time of a new server, from the first message on, in which it is measured cold
 * @param warmCpuSeconds the processor time of a new server under load, after which it is measured warm; of one in
 *     JavaScript, half
 * @param settle the time that a scenario runs before a warm measurement
 * @param measure the time of a warm measurement
 */
record Timing(int repetitions, int coldCpuSeconds, int warmCpuSeconds, Duration settle, Duration measure) {
    private static final int FASTER = 2;

    /** Returns the processor time after which a server is warm. The compilers of JavaScript are done much earlier. */
    double warmCpuSeconds(Target target) {
        return target.isOnJvm() ? warmCpuSeconds : (double) warmCpuSeconds / FASTER;
    }

    /** Returns the window of a phase. */
    Window window(Phase phase) {
        return phase == Phase.COLD ? Window.untilCpu(coldCpuSeconds) : Window.of(settle, measure);
    }

    /** Returns the text for the report. */
    @Override
    public String toString() {
        return "medians of %d; cold: the first %d CPU seconds of load; warm: %d s after %d CPU seconds of load, %d of JavaScript"
                .formatted(repetitions, coldCpuSeconds, measure.toSeconds(), warmCpuSeconds, warmCpuSeconds / FASTER);
    }
}
