package io.roomcast.examples.benchmarks.calls;

import io.roomcast.examples.benchmarks.load.Load;
import io.roomcast.examples.benchmarks.load.LoadPlan;
import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.process.JavaCommand;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.run.Machine;
import io.roomcast.examples.benchmarks.run.Measurements;
import io.roomcast.examples.benchmarks.server.CallsServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures the cost of a call's signalling, and deliveries beside many calls that ring, and prints Markdown. Logs each
 * measurement to standard error.
 */
public final class CallsMain {
    private static final LoadPlan DELIVERIES = LoadPlan.paced(10, 100, 20_000).withUsers("load");

    /** How many calls a user may start in a row. */
    private static final int CALLS_IN_A_ROW = 3;

    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int STARTS_PER_SECOND = 200;
    private static final long LIMIT_SECONDS = 60;
    private static final double MILLION = 1e6;
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);
    private static final String COST =
            "A call, from its start to its end, with %d signals: ms of the server".formatted(CallPair.SIGNALS);

    private final CallsOptions options;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Measurements measurements;
    private int lastPair;

    private CallsMain(CallsOptions options) {
        this.options = options;
        this.measurements = new Measurements(options.pinning());
    }

    /** Runs the measurement; see {@link CallsOptions} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        CallsOptions options = CallsOptions.parse(arguments);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy), "end-processes"));
        CallsMain run = new CallsMain(options);
        try (ServerProcess server = run.start()) {
            run.measureCost(server);
        }
        for (int i = 0; i < options.repetitions(); i++) {
            try (ServerProcess server = run.start()) {
                run.measureDeliveries(server, i);
            }
        }
        System.out.println(run.markdown());
        System.exit(0);
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start(
                JavaCommand.of(CallsServer.class, options.jvmOptions())
                        .on(options.pinning().server()),
                Files.createDirectories(options.folder()).resolve("calls.log"));
    }

    private void measureCost(ServerProcess server) throws Exception {
        call(server, options.warmCalls());
        for (int i = 0; i < options.repetitions(); i++) {
            ProcessorUse use = call(server, options.calls());
            measurements.add(COST, use.own().get(0) * MILLIS_PER_SECOND / options.calls(), use);
        }
    }

    private List<CallPair> connect(ServerProcess server, int number) throws Exception {
        List<CallPair> pairs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            pairs.add(CallPair.connect(http, server.address(), "user-" + lastPair++));
        }
        return pairs;
    }

    /** Makes calls between users who are connected before the measurement, three calls for each pair of users. */
    private ProcessorUse call(ServerProcess server, int number) throws Exception {
        List<CallPair> pairs = connect(server, (number + CALLS_IN_A_ROW - 1) / CALLS_IN_A_ROW);
        ProcessorClock.Measurement measurement = measurements.begin(server);
        for (int i = 0; i < number; i++) {
            pairs.get(i % pairs.size()).call();
        }
        ProcessorUse use = measurement.end();
        pairs.forEach(CallPair::close);
        return use;
    }

    private void measureDeliveries(ServerProcess server, int repetition) throws Exception {
        List<CallPair> pairs = connect(server, options.ringing());
        try (Load load = Load.connect(DELIVERIES, server.address())) {
            load.start();
            TimeUnit.NANOSECONDS.sleep(Duration.ofSeconds(options.warmSeconds()).toNanos());
            // The report of a load covers all that was recorded, so each period has a load of its own.
            load.finish(DRAIN_TIMEOUT);
        }
        // The order alternates, because the server becomes faster meanwhile.
        if (repetition % 2 == 0) {
            deliver(server, "alone");
        }
        List<CompletableFuture<String>> calls = ring(pairs);
        deliver(server, "while %,d calls ring".formatted(options.ringing()));
        for (CompletableFuture<String> call : calls) {
            call.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        pairs.forEach(CallPair::close);
        if (repetition % 2 == 1) {
            TimeUnit.SECONDS.sleep(LIMIT_SECONDS);
            deliver(server, "alone");
        }
    }

    /** Lets a call of each pair ring. They ring for 45 s, which is longer than the measurement. */
    private static List<CompletableFuture<String>> ring(List<CallPair> pairs) throws InterruptedException {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (CallPair pair : pairs) {
            calls.add(pair.ring());
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / STARTS_PER_SECOND);
        }
        return calls;
    }

    private void deliver(ServerProcess server, String name) throws Exception {
        try (Load load = Load.connect(DELIVERIES, server.address())) {
            load.start();
            TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
            load.recordLatency(true);
            ProcessorClock.Measurement measurement = measurements.begin(server);
            TimeUnit.NANOSECONDS.sleep(options.measure().toNanos());
            ProcessorUse use = measurement.end();
            load.recordLatency(false);
            LoadReport report = load.finish(DRAIN_TIMEOUT);
            measurements.add(latency(name, 50), report.latency().getValueAtPercentile(50) / MILLION, use);
            measurements.add(latency(name, 99), report.latency().getValueAtPercentile(99) / MILLION, use);
            measurements.addFault(report.fault());
        }
    }

    private static String latency(String name, int percentile) {
        return "20,000 deliveries a second, %s: p%d ms".formatted(name, percentile);
    }

    private String markdown() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(Machine.head("the server " + options.pinning()));
        lines.add("| Roomcast's JVM | `%s` |".formatted(String.join(" ", options.jvmOptions())));
        lines.add("");
        lines.addAll(measurements.table());
        String rings = "while %,d calls ring".formatted(options.ringing());
        double proportion = measurements.median(latency(rings, 99)) / measurements.median(latency("alone", 99));
        lines.addAll(List.of("", String.format(Locale.ROOT, "p99 while calls ring ÷ alone: %.2f", proportion), ""));
        lines.add(measurements.faults("No message was missing, duplicated or out of order, and no call failed."));
        return String.join("\n", lines);
    }
}
