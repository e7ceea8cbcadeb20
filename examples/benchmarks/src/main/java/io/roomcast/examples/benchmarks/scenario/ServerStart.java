package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.process.StartUp;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;

/** Measures what a server uses until it is ready. */
record ServerStart() implements Scenario {
    private static final double KIB_PER_MIB = 1024;

    @Override
    public String id() {
        return "start";
    }

    @Override
    public String title() {
        return "From start to ready";
    }

    @Override
    public List<String> units() {
        return List.of("CPU s", "RSS MiB");
    }

    @Override
    public boolean supports(Target target) {
        return target.isOutOfTheBox();
    }

    @Override
    public Phase phase() {
        return Phase.ANY;
    }

    @Override
    public boolean saturates() {
        return false;
    }

    @Override
    public Sample run(Meter meter, Window window) {
        StartUp startUp = meter.server().startUp();
        return new Sample(List.of(startUp.cpuSeconds(), startUp.residentKib() / KIB_PER_MIB), false, "", "");
    }
}
