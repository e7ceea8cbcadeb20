package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadPlan.Transport;
import java.util.List;

/** Lists all scenarios in the order in which they run. */
final class Scenarios {
    private static final int IN_FLIGHT = 4;
    private static final double DELIVERIES_PER_SECOND = 20_000;

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                saturated(100, 10),
                saturated(10, 100),
                saturated(1, 1_000),
                new FanOut(
                        "rate-100",
                        "20,000 deliveries a second, rooms of 100",
                        LoadPlan.paced(10, 100, DELIVERIES_PER_SECOND)),
                new FanOut(
                        "order",
                        "Two senders in each of 10 rooms of 50, saturated",
                        LoadPlan.saturated(10, 50, IN_FLIGHT / 2).withSenders(2)),
                new FanOut(
                        "polling",
                        "Long-polling, 2 rooms of 100, saturated",
                        LoadPlan.saturated(2, 100, IN_FLIGHT).over(Transport.POLLING)),
                new FanOut(
                        "sends",
                        "Sending: 200 rooms of 1, so each message in is one message out",
                        LoadPlan.saturated(200, 1, IN_FLIGHT)),
                new Persist(400),
                new IdleMemory(10_000),
                new Churn(20));
    }

    private static Scenario saturated(int rooms, int members) {
        String title = "Saturated fan-out, rooms of %,d (1,000 members, %d messages in flight a room)"
                .formatted(members, IN_FLIGHT);
        return new FanOut("fan-out-" + members, title, LoadPlan.saturated(rooms, members, IN_FLIGHT));
    }
}
