package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.server.DatabaseServer;
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

/** Measures servers one after another. Each scenario has a new process for each server, and a time limit. */
final class BenchmarkRunner implements AutoCloseable {
    private static final long TIME_LIMIT_SECONDS = 90;

    private final ExecutorService runner = Executors.newCachedThreadPool();
    private final RunOptions options;

    BenchmarkRunner(RunOptions options) {
        this.options = options;
    }

    /** Runs a scenario with all servers that support it. Blocks. */
    Table run(Scenario scenario) throws IOException, InterruptedException {
        Table table = new Table(scenario);
        for (Target target : options.targets()) {
            if (scenario.supports(target)) {
                measure(scenario, target, table);
            }
        }
        return table;
    }

    private void measure(Scenario scenario, Target target, Table table) throws IOException, InterruptedException {
        if (scenario.persists()) {
            // Not pinned to the servers' processor. A small young generation keeps the pauses for its collection short.
            List<String> command = JavaCommand.of(DatabaseServer.class, List.of("-Xms4g", "-Xmx4g", "-Xmn256m"));
            try (ServerProcess database = ServerProcess.start(command, errorLog("database", target.id()))) {
                String uri = "mongodb://127.0.0.1:" + database.address().getPort() + "/chat";
                measure(scenario, target, table, uri);
            }
        } else {
            measure(scenario, target, table, new String[0]);
        }
    }

    private void measure(Scenario scenario, Target target, Table table, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(scenario, target, arguments);
        try (ServerProcess server = ServerProcess.start(command, errorLog(scenario.id(), target.id()))) {
            Future<ScenarioResult> result = runner.submit(() -> scenario.run(server, options.timing()));
            try {
                table.put(target, result.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException failure) {
                table.failed(target, String.valueOf(failure.getCause()));
            } catch (TimeoutException exceeded) {
                result.cancel(true);
                table.failed(target, "not done after " + TIME_LIMIT_SECONDS + " s");
            }
        }
    }

    private List<String> command(Scenario scenario, Target target, String... arguments) {
        List<String> jvmOptions = new ArrayList<>(scenario.jvmOptions());
        jvmOptions.addAll(options.jvmOptions());
        return JavaCommand.on(options.serverCpu(), target.command(jvmOptions, arguments));
    }

    private Path errorLog(String process, String target) throws IOException {
        Files.createDirectories(options.folder());
        return options.folder().resolve(process + "-" + target + ".log");
    }

    @Override
    public void close() {
        runner.shutdownNow();
    }
}
