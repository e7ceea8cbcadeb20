package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures servers one after another, each scenario with a fresh process and within a bounded time. */
final class Bench implements AutoCloseable {
    private static final long LIMIT_SECONDS = 90;

    private final ExecutorService runner = Executors.newCachedThreadPool();
    private final Options options;

    Bench(Options options) {
        this.options = options;
    }

    Table run(Scenario scenario) throws IOException, InterruptedException {
        Table table = new Table(scenario);
        for (Target target : options.targets()) {
            if (scenario.suits(target)) {
                measure(scenario, target, table);
            }
        }
        return table;
    }

    private void measure(Scenario scenario, Target target, Table table) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command(scenario, target), complaints(scenario, target))) {
            Future<Outcome> outcome = runner.submit(() -> scenario.run(server, options.timing()));
            try {
                table.put(target, outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException failure) {
                table.failed(target, String.valueOf(failure.getCause()));
            } catch (TimeoutException endless) {
                outcome.cancel(true);
                table.failed(target, "not done after " + LIMIT_SECONDS + " s");
            }
        }
    }

    private List<String> command(Scenario scenario, Target target) {
        List<String> jvmOptions = new ArrayList<>(scenario.jvmOptions());
        jvmOptions.addAll(options.jvmOptions());
        List<String> command = new ArrayList<>();
        if (!options.serverCpu().isEmpty()) {
            command.addAll(List.of("taskset", "-c", options.serverCpu()));
        }
        command.addAll(target.command(jvmOptions));
        return command;
    }

    private Path complaints(Scenario scenario, Target target) throws IOException {
        Files.createDirectories(options.folder());
        return options.folder().resolve(scenario.id() + "-" + target.id() + ".log");
    }

    @Override
    public void close() {
        runner.shutdownNow();
    }
}
