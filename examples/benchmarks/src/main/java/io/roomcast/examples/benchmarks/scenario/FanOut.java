package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.targets.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Measures the cost and latency of deliveries to rooms, and checks that each arrives once and in order. */
record FanOut(String id, String title, LoadPlan plan, Set<Target> cold) implements Scenario {
    private static final String COST = "s / million deliveries";
    private static final String LATENCY = "p99 ms";
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);
    private static final double MILLION = 1e6;

    @Override
    public List<String> units() {
        return saturates() ? List.of(COST) : List.of(COST, LATENCY);
    }

    @Override
    public boolean saturates() {
        return plan.inFlight() > 0;
    }

    @Override
    public boolean supports(Target target) {
        return plan.transport() == LoadPlan.Transport.WEBSOCKET || target.polls();
    }

    @Override
    public Sample run(Meter meter, Window window) throws Exception {
        try (Load load = Load.connect(plan, meter.server().address())) {
            load.start();
            window.awaitBegin();
            load.recordLatency(true);
            long before = load.progress().delivered();
            Meter.Measurement measurement = meter.begin();
            window.awaitEnd(meter.server());
            Usage usage = measurement.end();
            long deliveries = load.progress().delivered() - before;
            load.recordLatency(false);
            return sample(usage, Math.max(1, deliveries), load.finish(DRAIN_TIMEOUT));
        }
    }

    private Sample sample(Usage usage, long deliveries, LoadReport report) {
        double cost = usage.server() / deliveries * MILLION;
        double p99 = report.latency().getValueAtPercentile(99) / MILLION;
        String notes = String.format(
                Locale.ROOT,
                "%.0f deliveries/s; p50 %.2f ms, p99 %.2f ms; %s",
                deliveries / usage.seconds(),
                report.latency().getValueAtPercentile(50) / MILLION,
                p99,
                usage);
        List<Double> values = saturates() ? List.of(cost) : List.of(cost, p99);
        return new Sample(values, usage.starved(saturates()), notes, report.fault());
    }
}
