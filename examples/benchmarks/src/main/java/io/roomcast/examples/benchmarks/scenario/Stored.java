package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import java.util.Set;

/** Measures messages that are stored in a database and then broadcast to the two members of their room. */
record Stored(int rooms, Set<Target> cold) implements Scenario {
    private static final int MEMBERS = 2;
    private static final double THOUSANDS = 1e3;

    @Override
    public String id() {
        return "stored";
    }

    @Override
    public String title() {
        return "Stored, then sent: %d rooms of %d".formatted(rooms, MEMBERS);
    }

    @Override
    public List<String> units() {
        return List.of("s / 1,000 messages");
    }

    @Override
    public boolean supports(Target target) {
        return target.canStore();
    }

    @Override
    public boolean stores() {
        return true;
    }

    /** Returns false, because the server waits for the database. */
    @Override
    public boolean saturates() {
        return false;
    }

    @Override
    public Sample run(Meter meter, Window window) throws Exception {
        Sample fanOut = new FanOut(id(), title(), LoadPlan.saturated(rooms, MEMBERS, 1), cold).run(meter, window);
        double cost = fanOut.values().get(0) * MEMBERS / THOUSANDS;
        return new Sample(List.of(cost), fanOut.starved(), fanOut.notes(), fanOut.fault());
    }
}
