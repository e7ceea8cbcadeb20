package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.load.IdleClients;
import io.roomcast.examples.benchmarks.load.Visits;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the memory of each idle connection, without garbage. */
record IdleMemory(int connections) implements Scenario {
    /** The number of clients before the measurement, so that one-time costs of the process are not counted. */
    private static final int FIRST = 2_000;

    private static final long SETTLE_MILLIS = 1_000;

    /** The number of collections after which a JVM has returned all free memory that it returns. */
    private static final int COLLECTIONS = 4;

    private static final int VISITORS = 20;

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String title() {
        return "%,d idle connections beside %,d".formatted(connections, FIRST);
    }

    @Override
    public List<String> units() {
        return List.of("RSS KiB / connection");
    }

    /** Returns false for a server that differs from another one only in its store. */
    @Override
    public boolean supports(Target target) {
        return !target.alwaysStores();
    }

    @Override
    public Phase phase() {
        return Phase.ANY;
    }

    @Override
    public boolean saturates() {
        return false;
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
    public Sample run(Meter meter, Window window) throws Exception {
        ServerProcess server = meter.server();
        useMemoryForGarbage(server, window);
        try (IdleClients clients = new IdleClients(server.address())) {
            clients.connect(FIRST);
            long before = residentKibWithoutGarbage(server);
            Meter.Measurement measurement = meter.begin();
            clients.connect(connections);
            Usage usage = measurement.end();
            long after = residentKibWithoutGarbage(server);
            double growth = (after - before) / (double) connections;
            return new Sample(List.of(growth), false, before / 1024 + " to " + after / 1024 + " MiB; " + usage, "");
        }
    }

    /** Lets the process use the memory that it takes for garbage, which is then not counted as that of connections. */
    private static void useMemoryForGarbage(ServerProcess server, Window window) throws Exception {
        try (Visits visits = new Visits(server.address())) {
            visits.start(VISITORS);
            window.awaitBegin();
            window.awaitEnd(server);
        }
    }

    private static long residentKibWithoutGarbage(ServerProcess server) throws Exception {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        for (int i = 0; i < COLLECTIONS; i++) {
            server.collectGarbage();
        }
        return server.gauge().residentKib();
    }
}
