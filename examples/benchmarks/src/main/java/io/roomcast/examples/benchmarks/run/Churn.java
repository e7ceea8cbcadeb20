package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.Visits;
import java.util.concurrent.TimeUnit;

/** Measures the cost of a whole visit, from connecting to disconnecting. */
record Churn(int visitors) implements Scenario {
    @Override
    public String id() {
        return "churn";
    }

    @Override
    public String title() {
        return "Connect, join, send one message, receive it, disconnect: %d at a time".formatted(visitors);
    }

    @Override
    public String unit() {
        return "CPU s / 1,000 visits";
    }

    @Override
    public boolean supports(Target target) {
        return true;
    }

    @Override
    public ScenarioResult run(ServerProcess server, Timing timing) throws Exception {
        try (Visits visits = new Visits(server.address())) {
            visits.start(visitors);
            timing.warmUp(server.gauge());
            visits.resetDurations();
            Visits.Count before = visits.count();
            double cpu = server.gauge().cpuSeconds();
            TimeUnit.NANOSECONDS.sleep(timing.measure().toNanos());
            cpu = server.gauge().cpuSeconds() - cpu;
            return result(server, before, visits.count(), cpu, timing);
        }
    }

    private static ScenarioResult result(
            ServerProcess server, Visits.Count before, Visits.Count after, double cpu, Timing timing) {
        double done = Math.max(1, after.done() - before.done());
        double seconds = timing.measure().toMillis() / 1e3;
        return ScenarioResult.of(cpu * 1_000 / done)
                .with("visits/s", "%,.0f", done / seconds)
                .with("server CPU", "%.0f %%", 100 * cpu / seconds)
                .with("p50 ms", "%.2f", after.duration().getValueAtPercentile(50) / 1e6)
                .with("p99 ms", "%.2f", after.duration().getValueAtPercentile(99) / 1e6)
                .with("RSS MiB", "%d", server.gauge().residentKib() / 1024)
                .with("failed", "%d", after.failed())
                .with("duplicated", "%d", after.duplicated());
    }
}
