package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.load.Progress;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures deliveries to rooms whose members are on all nodes. All senders are on the first node. Immutable.
 *
 * @param title the load, for the report
 * @param plan the load
 */
record CrossNodeFanOut(String title, LoadPlan plan) {
    private static final int ROOMS = 100;
    private static final int MEMBERS = 10;
    private static final int LARGE_ROOMS = 20;
    private static final int LARGE_MEMBERS = 100;
    private static final int IN_FLIGHT = 4;
    private static final double MESSAGES_PER_SECOND = 1_000;
    private static final long SETTLE_MILLIS = 500;
    private static final long POLL_MILLIS = 10;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

    /** A fixed rate. */
    static final CrossNodeFanOut PACED = new CrossNodeFanOut(
            "1,000 messages a second", LoadPlan.paced(ROOMS, MEMBERS, MESSAGES_PER_SECOND * MEMBERS));

    /** As many messages as the nodes can deliver. */
    static final CrossNodeFanOut SATURATED =
            new CrossNodeFanOut("Saturated", LoadPlan.saturated(ROOMS, MEMBERS, IN_FLIGHT));

    /** As {@link #SATURATED}, in rooms ten times as large. */
    static final CrossNodeFanOut SATURATED_LARGE =
            new CrossNodeFanOut("Saturated, rooms of 100", LoadPlan.saturated(LARGE_ROOMS, LARGE_MEMBERS, IN_FLIGHT));

    static List<CrossNodeFanOut> all() {
        return List.of(PACED, SATURATED, SATURATED_LARGE);
    }

    boolean saturates() {
        return plan.inFlight() > 0;
    }

    /** Runs the load until the nodes have used an amount of processor time. Blocks. */
    void warmUp(Nodes nodes, double cpuSeconds) throws Exception {
        try (Load load = Load.connect(plan, nodes.addresses())) {
            load.start();
            double end = nodes.cpuSeconds() + cpuSeconds;
            long deadline = System.nanoTime() + (long) (3 * cpuSeconds * 1e9);
            while (nodes.cpuSeconds() < end && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            load.finish(DRAIN_TIMEOUT);
        }
    }

    /**
     * Measures once. Blocks.
     *
     * @param clock reads the nodes, then Redis, then all others
     */
    Deliveries measure(Nodes nodes, ProcessorClock clock, Duration time) throws Exception {
        try (Load load = Load.connect(plan, nodes.addresses())) {
            load.start();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            load.recordLatency(true);
            Progress before = load.progress();
            ProcessorClock.Measurement measurement = clock.begin();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            ProcessorUse use = measurement.end();
            Progress after = load.progress();
            load.recordLatency(false);
            LoadReport report = load.finish(DRAIN_TIMEOUT);
            return new Deliveries(
                    use,
                    nodes.addresses().size(),
                    after.delivered() - before.delivered(),
                    after.crossed() - before.crossed(),
                    report);
        }
    }
}
