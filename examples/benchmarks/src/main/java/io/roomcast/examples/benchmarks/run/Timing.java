package io.roomcast.examples.benchmarks.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times of the parts of a scenario.
 *
 * @param warmUp the time before the measurement; up to three times longer while compilers still work
 * @param measure the time of the measurement
 */
record Timing(Duration warmUp, Duration measure) {
    private static final int MAX_WARM_UPS = 3;
    private static final double QUIET = 0.03;

    /** Waits until compilers have finished most of their work. */
    void warmUp(ProcessGauge server) throws InterruptedException {
        long begun = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        while (isCompiling(server) && System.nanoTime() - begun < MAX_WARM_UPS * warmUp.toNanos()) {
            // wait another second
        }
    }

    /** Returns whether compilers did more than a small part of the work of a second. Blocks for that second. */
    private static boolean isCompiling(ProcessGauge server) throws InterruptedException {
        double all = server.cpuSeconds();
        double compiling = server.compilerSeconds();
        TimeUnit.SECONDS.sleep(1);
        return server.compilerSeconds() - compiling > QUIET * (server.cpuSeconds() - all);
    }
}
