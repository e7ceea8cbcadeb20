package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.load.Progress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures the cost and latency of deliveries to rooms, and checks that each arrives once and in order. */
record FanOut(String id, String title, LoadPlan plan) implements Scenario {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);
    private static final double MILLION = 1e6;

    @Override
    public String unit() {
        return "CPU s / million deliveries";
    }

    @Override
    public boolean supports(Target target) {
        return plan.transport() == LoadPlan.Transport.WEBSOCKET || target.polls();
    }

    @Override
    public ScenarioResult run(ServerProcess server, Timing timing) throws Exception {
        if (plan.inFlight() == 0) {
            compile(server, timing);
        }
        try (Load load = Load.connect(plan, server.address())) {
            load.start();
            timing.warmUp(server.gauge());
            load.recordLatency(true);
            Reading before = Reading.of(server, load.progress());
            TimeUnit.NANOSECONDS.sleep(timing.measure().toNanos());
            Reading after = Reading.of(server, load.progress());
            load.recordLatency(false);
            return result(before, after, load.finish(DRAIN_TIMEOUT));
        }
    }

    /** Lets the compiler finish with a higher load first, because a low rate does not trigger it. */
    private void compile(ServerProcess server, Timing timing) throws Exception {
        LoadPlan saturated = LoadPlan.saturated(plan.rooms(), plan.membersPerRoom(), 1);
        try (Load load = Load.connect(saturated, server.address())) {
            load.start();
            timing.warmUp(server.gauge());
            load.finish(DRAIN_TIMEOUT);
        }
    }

    private static ScenarioResult result(Reading before, Reading after, LoadReport report) {
        double deliveries = Math.max(1, after.progress.delivered() - before.progress.delivered());
        double seconds = (after.nanos - before.nanos) / 1e9;
        double cpu = after.serverCpu - before.serverCpu;
        ScenarioResult result = ScenarioResult.of(cpu / deliveries * MILLION)
                .with("deliveries/s", "%,.0f", deliveries / seconds)
                .with("server CPU", "%.0f %%", 100 * cpu / seconds)
                .with("of it compiling", "%.0f %%", 100 * (after.compiling - before.compiling) / cpu)
                .with("generator CPU", "%.0f %%", 100 * (after.generatorCpu - before.generatorCpu) / seconds)
                .with("bytes", "%.0f", (after.progress.bytes() - before.progress.bytes()) / deliveries);
        latencies(result, report.latency());
        return result.with("RSS MiB", "%d", after.residentKib / 1024)
                .with("missing", "%d", report.missing())
                .with("duplicated", "%d", report.duplicated())
                .with("reordered", "%d", report.reordered())
                .with("lost connections", "%d", report.lost());
    }

    private static void latencies(ScenarioResult result, Histogram latency) {
        result.with("p50 ms", "%.2f", latency.getValueAtPercentile(50) / MILLION)
                .with("p99 ms", "%.2f", latency.getValueAtPercentile(99) / MILLION)
                .with("p99.9 ms", "%.2f", latency.getValueAtPercentile(99.9) / MILLION);
    }

    private record Reading(
            long nanos, double serverCpu, double compiling, double generatorCpu, long residentKib, Progress progress) {
        static Reading of(ServerProcess server, Progress progress) {
            ProcessGauge generator = new ProcessGauge(ProcessHandle.current().pid());
            ProcessGauge measured = server.gauge();
            return new Reading(
                    System.nanoTime(),
                    measured.cpuSeconds(),
                    measured.compilerSeconds(),
                    generator.cpuSeconds(),
                    measured.residentKib(),
                    progress);
        }
    }
}
