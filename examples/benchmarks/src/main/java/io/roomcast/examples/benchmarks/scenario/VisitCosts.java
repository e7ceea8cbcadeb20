package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.load.Visits;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Measures the cost of a whole visit, from connecting to disconnecting. */
record VisitCosts(int visitors, Set<Target> cold) implements Scenario {
    @Override
    public String id() {
        return "visits";
    }

    @Override
    public String title() {
        return "Connect, join, send, receive, leave; %d at a time".formatted(visitors);
    }

    @Override
    public List<String> units() {
        return List.of("s / 1,000 visits");
    }

    @Override
    public boolean supports(Target target) {
        return true;
    }

    @Override
    public Sample run(Meter meter, Window window) throws Exception {
        try (Visits visits = new Visits(meter.server().address())) {
            visits.start(visitors);
            window.awaitBegin();
            visits.resetDurations();
            long before = visits.count().done();
            Meter.Measurement measurement = meter.begin();
            window.awaitEnd(meter.server());
            Usage usage = measurement.end();
            return sample(usage, before, visits.count());
        }
    }

    private static Sample sample(Usage usage, long before, Visits.Count after) {
        double done = Math.max(1, after.done() - before);
        String notes = String.format(
                Locale.ROOT,
                "%.0f visits/s; p99 %.2f ms; %s",
                done / usage.seconds(),
                after.duration().getValueAtPercentile(99) / 1e6,
                usage);
        String fault = after.failed() + after.duplicated() == 0
                ? ""
                : "%,d visits failed, %,d messages duplicated".formatted(after.failed(), after.duplicated());
        return new Sample(List.of(usage.server() * 1e3 / done), usage.starved(true), notes, fault);
    }
}
