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

/** Measures servers one after another, each scenario with a fresh process and within a bounded time. */
final class BenchmarkRunner implements AutoCloseable {
    private static final long LIMIT_SECONDS = 90;

    private final ExecutorService runner = Executors.newCachedThreadPool();
    private final RunOptions options;

    BenchmarkRunner(RunOptions options) {
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
        if (scenario.persists()) {
            // Runs on another processor than the servers, with a small young generation, because collecting it pauses
            // the database.
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
        try (ServerProcess server = ServerProcess.start(command, complaints(scenario.id(), target.id()))) {
            Future<ScenarioResult> outcome = runner.submit(() -> scenario.run(server, options.timing()));
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

    private List<String> command(Scenario scenario, Target target, String... arguments) {
        List<String> jvmOptions = new ArrayList<>(scenario.jvmOptions());
        jvmOptions.addAll(options.jvmOptions());
        return JavaCommand.on(options.serverCpu(), target.command(jvmOptions, arguments));
    }

    private Path errorLog(String what, String whose) throws IOException {
        Files.createDirectories(options.folder());
        return options.folder().resolve(what + "-" + whose + ".log");
    }

    @Override
    public void close() {
        runner.shutdownNow();
    }
}
