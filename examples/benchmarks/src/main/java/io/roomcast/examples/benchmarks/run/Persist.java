package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.LoadPlan;

/** Measures messages that are stored in MongoDB and then broadcast to the two members of their room. */
record Persist(int rooms) implements Scenario {
    private static final int MEMBERS = 2;

    @Override
    public String id() {
        return "persist";
    }

    @Override
    public String title() {
        return "Stored in MongoDB, then broadcast: %d rooms of %d, one message in flight a room"
                .formatted(rooms, MEMBERS);
    }

    @Override
    public String unit() {
        return "CPU ms / 1,000 messages";
    }

    @Override
    public boolean supports(Target target) {
        return target.persists();
    }

    @Override
    public boolean persists() {
        return true;
    }

    @Override
    public ScenarioResult run(ServerProcess server, Timing timing) throws Exception {
        ScenarioResult fanOut = new FanOut(id(), title(), LoadPlan.saturated(rooms, MEMBERS, 1)).run(server, timing);
        // Seconds for a million deliveries equal milliseconds for a thousand. Each message is two deliveries.
        return new ScenarioResult(fanOut.cost() * MEMBERS, fanOut.figures());
    }
}
