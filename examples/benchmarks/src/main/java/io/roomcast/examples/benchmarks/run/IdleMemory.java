package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.IdleClients;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the memory that each idle connection keeps, without garbage. */
record IdleMemory(int connections) implements Scenario {
    /**
     * The connections that exist before the measurement, so that it excludes the cost of the first ones of a process.
     */
    private static final int FIRST = 2_000;

    private static final long SETTLE_MILLIS = 1_500;

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return "%,d idle connections more, beside %,d".formatted(connections, FIRST);
    }

    @Override
    public String unit() {
        return "RSS growth, KiB / connection";
    }

    @Override
    public boolean suits(Target target) {
        return true;
    }

    /** Sets a heap that is no larger than its live objects, so that garbage does not count as growth. */
    @Override
    public List<String> jvmOptions() {
        return List.of(
                "-Xms12m",
                "-Xmx512m",
                "-Xmn8m",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps");
    }

    @Override
    public ScenarioResult run(ServerProcess server, Timing timing) throws Exception {
        try (IdleClients clients = new IdleClients(server.address())) {
            clients.connect(FIRST);
            long before = settled(server);
            double cpu = server.gauge().cpuSeconds();
            clients.connect(connections);
            cpu = server.gauge().cpuSeconds() - cpu;
            long after = settled(server);
            return ScenarioResult.of((after - before) / (double) connections)
                    .with("before, MiB", "%d", before / 1024)
                    .with("after, MiB", "%d", after / 1024)
                    .with("CPU s / 1,000 connects", "%.3f", cpu * 1_000 / connections);
        }
    }

    private static long settled(ServerProcess server) throws Exception {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        server.collectGarbage();
        server.collectGarbage();
        return server.gauge().residentKib();
    }
}
