package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.scenario.Meter;
import io.roomcast.examples.benchmarks.scenario.Phase;
import io.roomcast.examples.benchmarks.scenario.Sample;
import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.scenario.Window;
import io.roomcast.examples.benchmarks.targets.Resources;
import io.roomcast.examples.benchmarks.targets.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs sessions one after another, each with a new process. For one thread. */
final class BenchmarkRunner implements AutoCloseable {
    private final TimeLimit limit = new TimeLimit();
    private final RunOptions options;
    private final Results results;
    private final Database database;

    BenchmarkRunner(RunOptions options, Results results) throws IOException {
        this.options = options;
        this.results = results;
        this.database = new Database(Files.createDirectories(options.folder()));
    }

    /** Runs all sessions. Blocks. */
    void run() throws InterruptedException {
        List<Session> sessions = Session.of(options.scenarios(), options.targets());
        options.targets().stream().filter(Target::isBundled).forEach(this::startOnce);
        for (int i = 0; i < options.timing().repetitions(); i++) {
            for (Session session : sessions) {
                run(session);
            }
        }
    }

    /** Starts and stops the bundled server, so that what it prepares at its first start is not measured. */
    private void startOnce(Target target) {
        Session session = new Session(target, Phase.ANY, List.of());
        try {
            inProcess(session, server -> 0);
        } catch (Exception failure) {
            results.failed(session, failure);
        }
    }

    private void run(Session session) throws InterruptedException {
        try {
            if (session.phase() == Phase.WARM) {
                inProcess(session, server -> {
                    measureWarm(session, server);
                    return 0;
                });
            } else {
                Scenario scenario = session.scenarios().get(0);
                Sample sample = Attempts.of(() -> inProcess(session, server -> measure(session, scenario, server)));
                results.add(session, scenario, sample);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failure) {
            results.failed(session, failure);
        }
    }

    private void measureWarm(Session session, ServerProcess server) throws Exception {
        warmUp(session, server);
        for (Scenario scenario : session.scenarios()) {
            results.add(session, scenario, Attempts.of(() -> measure(session, scenario, server)));
        }
    }

    /** Runs each scenario that saturates the server, or else each one, for an equal part of the time. */
    private void warmUp(Session session, ServerProcess server) throws Exception {
        List<Scenario> loads =
                session.scenarios().stream().filter(Scenario::saturates).toList();
        List<Scenario> chosen = loads.isEmpty() ? session.scenarios() : loads;
        Window part = Window.untilCpu(options.timing().warmCpuSeconds(session.target()) / chosen.size());
        for (Scenario scenario : chosen) {
            limit.call(() -> scenario.run(meter(session, server), part));
        }
    }

    private Sample measure(Session session, Scenario scenario, ServerProcess server) throws Exception {
        Window window = options.timing().window(session.phase());
        Sample sample = limit.call(() -> scenario.run(meter(session, server), window));
        results.log(session, scenario, sample);
        return sample;
    }

    private Meter meter(Session session, ServerProcess server) {
        List<ProcessGauge> helpers = new ArrayList<>();
        helpers.add(new ProcessGauge(ProcessHandle.current().pid()));
        if (session.needsDatabase()) {
            database.gauge().ifPresent(helpers::add);
        }
        return new Meter(server, helpers, options.pinning().processors());
    }

    /** What is done with the process of a session. */
    private interface Use<T> {
        T with(ServerProcess server) throws Exception;
    }

    private <T> T inProcess(Session session, Use<T> use) throws Exception {
        Optional<String> uri = session.needsDatabase() ? Optional.of(database.create()) : Optional.empty();
        Launch launch = session.target().launch(resources(session, uri));
        try (ServerProcess server = ServerProcess.start(
                launch.on(options.pinning().server()),
                options.folder().resolve(session.target().id() + ".log"))) {
            return use.with(server);
        } finally {
            uri.ifPresent(database::drop);
        }
    }

    private Resources resources(Session session, Optional<String> databaseUri) throws IOException {
        List<String> jvmOptions = new ArrayList<>();
        if (!session.target().isOutOfTheBox()) {
            jvmOptions.addAll(session.scenarios().get(0).jvmOptions());
        }
        jvmOptions.addAll(options.jvmOptions());
        return new Resources(
                jvmOptions, databaseUri, Folders.emptied(options.folder().resolve("chat-data")));
    }

    @Override
    public void close() {
        limit.close();
        database.close();
    }
}
