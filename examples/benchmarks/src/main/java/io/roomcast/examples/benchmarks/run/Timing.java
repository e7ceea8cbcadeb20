package io.roomcast.examples.benchmarks.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The durations of a scenario. Immutable.
 *
 * @param warmUp the time before the measurement; up to three times as long while the compilers are busy
 * @param measure the time of the measurement
 */
record Timing(Duration warmUp, Duration measure) {
    private static final int MAX_WARM_UPS = 3;
    private static final double MAX_COMPILING_SHARE = 0.03;

    /** Waits until the server's costs are steady. */
    void warmUp(ProcessGauge server) throws InterruptedException {
        long startNanos = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        while (isCompiling(server) && System.nanoTime() - startNanos < MAX_WARM_UPS * warmUp.toNanos()) {
            // The condition waits for one second.
        }
    }

    /** Blocks for one second. Returns whether compilers took more than 3 % of the processor time in it. */
    private static boolean isCompiling(ProcessGauge server) throws InterruptedException {
        double all = server.cpuSeconds();
        double compiling = server.compilerSeconds();
        TimeUnit.SECONDS.sleep(1);
        return server.compilerSeconds() - compiling > MAX_COMPILING_SHARE * (server.cpuSeconds() - all);
    }
}
