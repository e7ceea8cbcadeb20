package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.load.IdleClients;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the memory of each idle connection, without garbage. */
record IdleMemory(int connections) implements Scenario {
    /** The number of clients before the measurement, so that one-time costs of the process are not counted. */
    private static final int FIRST = 2_000;

    private static final long SETTLE_MILLIS = 1_500;

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return "%,d idle connections in addition to %,d".formatted(connections, FIRST);
    }

    @Override
    public String unit() {
        return "RSS growth, KiB / connection";
    }

    @Override
    public boolean supports(Target target) {
        return true;
    }

    /** Returns options for a heap without free space, so that its growth is not due to garbage. */
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
            long before = residentKibWithoutGarbage(server);
            double cpu = server.gauge().cpuSeconds();
            clients.connect(connections);
            cpu = server.gauge().cpuSeconds() - cpu;
            long after = residentKibWithoutGarbage(server);
            return ScenarioResult.of((after - before) / (double) connections)
                    .with("before, MiB", "%d", before / 1024)
                    .with("after, MiB", "%d", after / 1024)
                    .with("CPU s / 1,000 connects", "%.3f", cpu * 1_000 / connections);
        }
    }

    private static long residentKibWithoutGarbage(ServerProcess server) throws Exception {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        server.collectGarbage();
        server.collectGarbage();
        return server.gauge().residentKib();
    }
}
