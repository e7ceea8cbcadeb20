package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.run.Database;
import io.roomcast.examples.benchmarks.run.Machine;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import io.roomcast.examples.benchmarks.targets.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Measures chats on two nodes, one after another, and prints Markdown. Logs to standard error. */
public final class ClusterMain {
    private final ClusterOptions options;
    private final Database database;
    private final ClusterResults results = new ClusterResults();

    private ClusterMain(ClusterOptions options, Database database) {
        this.options = options;
        this.database = database;
    }

    /** Runs the measurement; see {@link ClusterOptions} for the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ClusterOptions options = ClusterOptions.parse(arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(ClusterMain::endProcesses, "end-processes"));
        try (Database database = new Database(Files.createDirectories(options.folder()))) {
            ClusterMain run = new ClusterMain(options, database);
            for (ClusterTarget target : options.targets()) {
                run.measure(target);
            }
            System.out.println(machine(options));
            System.out.print(new ClusterReport(run.results).markdown());
        }
    }

    /** Ends the processes of a run that is interrupted. */
    private static void endProcesses() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    /** Describes the machine, the versions and the commands in Markdown. */
    static String machine(ClusterOptions options) throws IOException {
        String pinning = options.pinning().processors().isEmpty()
                ? "nothing is pinned"
                : "all nodes share processor %s; the load generator, the database and Redis share processor %s"
                        .formatted(options.pinning().server(), options.pinning().generator());
        return String.join(
                "\n",
                Machine.head(pinning),
                "| peers | %s |".formatted(Versions.cluster()),
                "| database | %s |".formatted(Database.product()),
                "| figures | %s |".formatted(options.timing()),
                "| Roomcast | `%s` |"
                        .formatted(ClusterTarget.ROOMCAST.launch(
                                1, options.jvmOptions(), "mongodb://127.0.0.1/chat", "redis://127.0.0.1", false)),
                "");
    }

    private void measure(ClusterTarget target) throws InterruptedException {
        try {
            String uri = database.create();
            measureDeliveries(target, uri);
            if (target.hasOutages()) {
                measureOutages(target, uri);
            }
            database.drop(uri);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            results.failed(target, failure);
            failure.printStackTrace();
        }
    }

    private void measureDeliveries(ClusterTarget target, String databaseUri) throws Exception {
        try (Redis redis = Redis.start(options.folder());
                Nodes nodes = Nodes.start(target, options, databaseUri, redis.uri(), false)) {
            for (CrossNodeFanOut load : CrossNodeFanOut.all()) {
                load.warmUp(
                        nodes,
                        (double) options.warmCpuSeconds()
                                / CrossNodeFanOut.all().size());
            }
            ProcessorClock clock = new ProcessorClock(
                    processes(nodes, redis), options.pinning().processors());
            for (int i = 0; i < options.repetitions(); i++) {
                for (CrossNodeFanOut load : CrossNodeFanOut.all()) {
                    Deliveries deliveries = load.measure(nodes, clock, options.measure());
                    System.err.println(target.id() + " " + load.title() + ": " + deliveries);
                    results.add(target, load, deliveries);
                }
            }
        }
    }

    /** Returns the nodes, Redis, the load generator, and the database. */
    private List<ProcessGauge> processes(Nodes nodes, Redis redis) {
        List<ProcessGauge> processes = new ArrayList<>(nodes.gauges());
        processes.add(redis.gauge());
        processes.add(new ProcessGauge(ProcessHandle.current().pid()));
        database.gauge().ifPresent(processes::add);
        return processes;
    }

    private void measureOutages(ClusterTarget target, String databaseUri) throws Exception {
        for (Outage outage : Outage.values()) {
            try (Redis redis = Redis.start(options.folder());
                    Nodes nodes = Nodes.start(target, options, databaseUri, redis.uri(), true)) {
                Outage.Result result = outage.run(redis, nodes, options.folder());
                System.err.println(target.id() + " " + outage.title() + ": " + result);
                results.add(target, outage, result);
            }
        }
    }
}
