package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.process.ServerProcess;
import java.util.concurrent.TimeUnit;

/**
 * A window that begins immediately, and ends by the server's processor time.
 *
 * @param cpuSeconds the processor time that the server uses in the window
 */
record CpuWindow(double cpuSeconds) implements Window {
    private static final long POLL_MILLIS = 10;

    @Override
    public void awaitBegin() {}

    @Override
    public void awaitEnd(ServerProcess server) throws InterruptedException {
        double end = server.gauge().cpuSeconds() + cpuSeconds;
        long deadline = System.nanoTime() + (long) (2 * cpuSeconds * 1e9);
        while (server.gauge().cpuSeconds() < end && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
