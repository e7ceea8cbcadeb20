package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.load.Progress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures messages to rooms: the cost and the latency of a delivery, and whether all arrive once and in order. */
record FanOut(String id, String title, LoadPlan plan) implements Scenario {
    private static final Duration DRAIN = Duration.ofSeconds(4);
    private static final double MILLION = 1e6;

    @Override
    public String unit() {
        return "CPU s / million deliveries";
    }

    @Override
    public boolean suits(Target target) {
        return plan.transport() == LoadPlan.Transport.WEBSOCKET || target.polls();
    }

    @Override
    public ScenarioResult run(ServerProcess server, Timing timing) throws Exception {
        if (plan.inFlight() == 0) {
            rehearse(server, timing);
        }
        try (Load load = Load.assemble(plan, server.address())) {
            load.start();
            timing.warmUp(server.gauge());
            load.timing(true);
            Reading before = Reading.of(server, load.progress());
            TimeUnit.NANOSECONDS.sleep(timing.measure().toNanos());
            Reading after = Reading.of(server, load.progress());
            load.timing(false);
            return outcome(before, after, load.finish(DRAIN));
        }
    }

    /** Runs at full load first, because a server at a low rate would start the measurement half compiled. */
    private void rehearse(ServerProcess server, Timing timing) throws Exception {
        LoadPlan saturated = LoadPlan.saturated(plan.rooms(), plan.membersPerRoom(), 1);
        try (Load load = Load.assemble(saturated, server.address())) {
            load.start();
            timing.warmUp(server.gauge());
            load.finish(DRAIN);
        }
    }

    private static ScenarioResult outcome(Reading before, Reading after, LoadReport report) {
        double deliveries = Math.max(1, after.progress.delivered() - before.progress.delivered());
        double seconds = (after.nanos - before.nanos) / 1e9;
        double cpu = after.serverCpu - before.serverCpu;
        ScenarioResult outcome = ScenarioResult.of(cpu / deliveries * MILLION)
                .with("deliveries/s", "%,.0f", deliveries / seconds)
                .with("server CPU", "%.0f %%", 100 * cpu / seconds)
                .with("of it compiling", "%.0f %%", 100 * (after.compiling - before.compiling) / cpu)
                .with("generator CPU", "%.0f %%", 100 * (after.ownCpu - before.ownCpu) / seconds)
                .with("bytes", "%.0f", (after.progress.bytes() - before.progress.bytes()) / deliveries);
        latencies(outcome, report.latency());
        return outcome.with("RSS MiB", "%d", after.residentKib / 1024)
                .with("missing", "%d", report.missing())
                .with("duplicated", "%d", report.duplicated())
                .with("reordered", "%d", report.reordered())
                .with("lost connections", "%d", report.lost());
    }

    private static void latencies(ScenarioResult outcome, Histogram latency) {
        outcome.with("p50 ms", "%.2f", latency.getValueAtPercentile(50) / MILLION)
                .with("p99 ms", "%.2f", latency.getValueAtPercentile(99) / MILLION)
                .with("p99.9 ms", "%.2f", latency.getValueAtPercentile(99.9) / MILLION);
    }

    private record Reading(
            long nanos, double serverCpu, double compiling, double ownCpu, long residentKib, Progress progress) {
        static Reading of(ServerProcess server, Progress progress) {
            ProcessGauge own = new ProcessGauge(ProcessHandle.current().pid());
            ProcessGauge theirs = server.gauge();
            return new Reading(
                    System.nanoTime(),
                    theirs.cpuSeconds(),
                    theirs.compilerSeconds(),
                    own.cpuSeconds(),
                    theirs.residentKib(),
                    progress);
        }
    }
}
