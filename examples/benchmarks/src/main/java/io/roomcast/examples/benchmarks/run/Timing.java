package io.roomcast.examples.benchmarks.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a part of a scenario takes.
 *
 * @param warmUp before anything is measured; longer, up to three times, while compilers are still at work
 * @param measure while it is measured
 */
record Timing(Duration warmUp, Duration measure) {
    private static final int PATIENCE = 3;
    private static final double QUIET = 0.03;

    /** Waits until what a server does costs what it will go on costing. */
    void warmUp(ProcessGauge server) throws InterruptedException {
        long begun = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        while (isCompiling(server) && System.nanoTime() - begun < PATIENCE * warmUp.toNanos()) {
            // another second
        }
    }

    /** Whether more than a small part of a second's work was that of compilers; blocks for that second. */
    private static boolean isCompiling(ProcessGauge server) throws InterruptedException {
        double all = server.cpuSeconds();
        double compiling = server.compilerSeconds();
        TimeUnit.SECONDS.sleep(1);
        return server.compilerSeconds() - compiling > QUIET * (server.cpuSeconds() - all);
    }
}
