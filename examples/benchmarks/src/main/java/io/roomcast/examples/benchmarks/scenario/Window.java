package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.process.ServerProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Decides when the measurement of a running load begins and ends. The methods block. */
public interface Window {
    /** Waits until the measurement begins. */
    void awaitBegin() throws InterruptedException;

    /** Waits until the measurement ends. */
    void awaitEnd(ServerProcess server) throws InterruptedException;

    /** Returns a window of fixed times. */
    static Window of(Duration settle, Duration measure) {
        return new Window() {
            @Override
            public void awaitBegin() throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(settle.toNanos());
            }

            @Override
            public void awaitEnd(ServerProcess server) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(measure.toNanos());
            }
        };
    }

    /**
     * Returns a window that begins immediately, and ends when the server has used an amount of processor time in it. For a
     * load that does not use up the processor, it ends after twice that time.
     */
    static Window untilCpu(double cpuSeconds) {
        return new CpuWindow(cpuSeconds);
    }
}
