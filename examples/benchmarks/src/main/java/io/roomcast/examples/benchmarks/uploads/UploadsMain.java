package io.roomcast.examples.benchmarks.uploads;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.run.Machine;
import io.roomcast.examples.benchmarks.run.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures the cost of uploads beside nginx, and that of deliveries beside uploads, and prints Markdown. Logs each
 * measurement to standard error.
 */
public final class UploadsMain {
    private static final LoadPlan DELIVERIES = LoadPlan.paced(10, 100, 20_000).withUsers("load");
    private static final int UPLOADS = 8;
    private static final int WARM_UPLOADS = 3;
    private static final long MIB = 1 << 20;
    private static final double GIB = 1 << 30;
    private static final double MILLION = 1e6;
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

    private final UploadsOptions options;
    private final Measurements measurements;

    private UploadsMain(UploadsOptions options) {
        this.options = options;
        this.measurements = new Measurements(options.pinning());
    }

    /** Runs the measurement; see {@link UploadsOptions} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        UploadsOptions options = UploadsOptions.parse(arguments);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "end-processes"));
        UploadsMain run = new UploadsMain(options);
        run.measureCosts();
        run.measureDeliveries();
        System.out.println(run.markdown());
    }

    private interface Task {
        void with(ServerProcess server, Path folder) throws Exception;
    }

    private void withServer(FileSink sink, Task task) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(options.folder()), "uploads");
        try (ServerProcess server = ServerProcess.start(
                sink.launch(options, folder).on(options.pinning().server()),
                options.folder().resolve("uploads.log"))) {
            task.with(server, folder);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** One of the servers that are compared. */
    private record Target(FileSink sink, ServerProcess server, Path folder) {}

    /** Measures both servers in turn, in processes that live as long as the measurements. */
    private void measureCosts() throws Exception {
        withServer(
                FileSink.ROOMCAST,
                (roomcast, own) -> withServer(FileSink.NGINX, (nginx, bodies) -> {
                    List<Target> targets = List.of(
                            new Target(FileSink.ROOMCAST, roomcast, own), new Target(FileSink.NGINX, nginx, bodies));
                    for (int i = 0; i < WARM_UPLOADS; i++) {
                        for (Target target : targets) {
                            upload(target);
                        }
                    }
                    for (int i = 0; i < options.repetitions(); i++) {
                        for (Target target : targets) {
                            measureCost(target);
                        }
                    }
                }));
    }

    private void upload(Target target) throws IOException, InterruptedException {
        long size = options.fileMib() * MIB;
        try (Upload upload = new Upload(target.server().address())) {
            upload.put(target.sink().begin(upload, size), size, Double.POSITIVE_INFINITY);
        }
        deleteFiles(target.folder(), size);
    }

    /**
     * Deletes what was uploaded. Otherwise each file takes memory that the system has not used before, which a virtual
     * machine first has to get from its host, at several times the cost of the upload.
     */
    private static void deleteFiles(Path folder, long size) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path :
                    paths.filter(path -> path.toFile().length() >= size).toList()) {
                Files.delete(path);
            }
        }
    }

    private void measureCost(Target target) throws IOException, InterruptedException {
        ProcessorClock.Measurement measurement = measurements.begin(target.server());
        upload(target);
        ProcessorUse use = measurement.end();
        double cost = use.own().get(0) * GIB / (options.fileMib() * MIB);
        measurements.add("Upload, %s: s / GiB".formatted(target.sink().title()), cost, use);
    }

    private void measureDeliveries() throws Exception {
        withServer(FileSink.ROOMCAST, (server, folder) -> {
            deliver(server, Duration.ofSeconds(options.warmSeconds()), "");
            for (int i = 0; i < options.repetitions(); i++) {
                deliver(server, options.measure(), "alone");
                try (UploadLoad uploads = UploadLoad.start(server, UPLOADS, (double) options.mibPerSecond() * MIB)) {
                    deliver(server, options.measure(), beside());
                    measurements.addFault(uploads.fault());
                }
            }
        });
    }

    private String beside() {
        return "beside %d uploads of %d MiB/s".formatted(UPLOADS, options.mibPerSecond());
    }

    /** Measures deliveries; only runs the load if there is no name. */
    private void deliver(ServerProcess server, Duration time, String name) throws Exception {
        try (Load load = Load.connect(DELIVERIES, server.address())) {
            load.start();
            TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
            load.recordLatency(true);
            long before = load.progress().delivered();
            ProcessorClock.Measurement measurement = measurements.begin(server);
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            ProcessorUse use = measurement.end();
            long deliveries = Math.max(1, load.progress().delivered() - before);
            load.recordLatency(false);
            LoadReport report = load.finish(DRAIN_TIMEOUT);
            if (!name.isEmpty()) {
                measurements.add(cost(name), use.own().get(0) / deliveries * MILLION, use);
                measurements.add(latency(name), report.latency().getValueAtPercentile(99) / MILLION, use);
            }
            measurements.addFault(report.fault());
        }
    }

    private static String cost(String name) {
        return "20,000 deliveries a second, %s: s / million deliveries".formatted(name);
    }

    private static String latency(String name) {
        return "20,000 deliveries a second, %s: p99 ms".formatted(name);
    }

    private String markdown() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(Machine.head("each server " + options.pinning()));
        lines.add("| Roomcast's JVM | `%s` |".formatted(String.join(" ", options.jvmOptions())));
        lines.add("");
        lines.addAll(measurements.table());
        lines.addAll(List.of("", "| proportion | |", "|---|---:|"));
        double uploading =
                1.0 * UPLOADS * options.mibPerSecond() * MIB / GIB * measurements.median("Upload, Roomcast: s / GiB");
        double together = measurements.median(cost(beside()));
        double ofChat = together - uploading / DELIVERIES.messagesPerSecond() / DELIVERIES.membersPerRoom() * MILLION;
        lines.add(proportion(
                "Upload, Roomcast ÷ nginx",
                measurements.median("Upload, Roomcast: s / GiB") / measurements.median("Upload, nginx: s / GiB")));
        lines.add(proportion(
                "Cost of a delivery, with that of the uploads ÷ alone", together / measurements.median(cost("alone"))));
        lines.add(proportion(
                "Cost of a delivery, less that of the uploads ÷ alone", ofChat / measurements.median(cost("alone"))));
        lines.add(proportion(
                "p99 beside uploads ÷ alone",
                measurements.median(latency(beside())) / measurements.median(latency("alone"))));
        lines.add("");
        lines.add(measurements.faults("No message was missing, duplicated or out of order, and no upload failed."));
        return String.join("\n", lines);
    }

    private static String proportion(String name, double value) {
        return String.format(Locale.ROOT, "| %s | %.2f |", name, value);
    }
}
