package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadPlan.Transport;
import io.roomcast.examples.benchmarks.report.Row;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists the scenarios in the order in which they run. */
public final class Scenarios {
    private static final int IN_FLIGHT = 4;
    private static final double DELIVERIES_PER_SECOND = 20_000;

    /** Of the bundled server, only the one that differs least from the original. */
    private static final Set<Target> COLD_IN_MEMORY = EnumSet.of(Target.ROOMCAST, Target.NODE, Target.BUN);

    private static final Set<Target> COLD_ON_EACH_STORE =
            EnumSet.of(Target.ROOMCAST, Target.ROOMCAST_EMBEDDED, Target.ROOMCAST_MONGO, Target.NODE, Target.BUN);

    private Scenarios() {}

    /** Returns all scenarios. */
    public static List<Scenario> all() {
        return Stream.of(usual(), special()).flatMap(List::stream).toList();
    }

    /** Returns the scenarios of the document's tables. */
    public static List<Scenario> usual() {
        return List.of(
                saturated(100, 10, COLD_IN_MEMORY),
                saturated(10, 100, COLD_ON_EACH_STORE),
                saturated(1, 1_000, Set.of()),
                new FanOut(
                        "rate-100",
                        "20,000 deliveries a second, rooms of 100",
                        LoadPlan.paced(10, 100, DELIVERIES_PER_SECOND),
                        COLD_IN_MEMORY),
                new VisitCosts(20, COLD_ON_EACH_STORE),
                new FanOut(
                        "polling",
                        "Long-polling fan-out, rooms of 100",
                        LoadPlan.saturated(2, 100, IN_FLIGHT).over(Transport.POLLING),
                        COLD_IN_MEMORY),
                new Stored(400, COLD_ON_EACH_STORE),
                new IdleMemory(10_000),
                new ServerStart());
    }

    private static List<Scenario> special() {
        return List.of(
                new FanOut(
                        "order",
                        "Two senders in each of 10 rooms of 50",
                        LoadPlan.saturated(10, 50, IN_FLIGHT / 2).withSenders(2),
                        Set.of()),
                new FanOut("sends", "Sending: 200 rooms of 1", LoadPlan.saturated(200, 1, IN_FLIGHT), Set.of()));
    }

    private static Scenario saturated(int rooms, int members, Set<Target> cold) {
        return new FanOut(
                "fan-out-" + members,
                "Fan-out, rooms of %,d".formatted(members),
                LoadPlan.saturated(rooms, members, IN_FLIGHT),
                cold);
    }

    /** Returns the rows of the report. */
    public static List<Row> rows(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(scenario -> Stream.concat(
                        scenario.cold().isEmpty() ? Stream.of() : scenario.rows(Phase.COLD).stream(),
                        scenario.rows(scenario.phase()).stream()))
                .toList();
    }
}
