package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.report.Figures;
import io.roomcast.examples.benchmarks.report.Report;
import io.roomcast.examples.benchmarks.report.Row;
import io.roomcast.examples.benchmarks.scenario.Sample;
import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;

/** Collects results, and logs them to standard error. For one thread. */
final class Results {
    private final List<String> faults = new ArrayList<>();
    private final Figures figures;

    Results(List<Scenario> scenarios) {
        figures = new Figures(Scenarios.rows(scenarios));
    }

    /** Adds the result of a scenario. */
    void add(Session session, Scenario scenario, Sample sample) {
        List<Row> rows = scenario.rows(session.phase());
        for (int i = 0; i < rows.size(); i++) {
            figures.add(rows.get(i), session.target(), sample.values().get(i), !sample.starved());
        }
        if (!sample.fault().isEmpty()) {
            faults.add(session.target().title() + ", " + scenario.title() + ": " + sample.fault());
        }
    }

    /** Adds the failure of a session. */
    void failed(Session session, Exception failure) {
        faults.add(session.target().title() + ", " + session.titles() + ": " + failure.getMessage());
        System.err.println(session.id() + ": " + failure);
    }

    /** Logs one measurement. */
    void log(Session session, Scenario scenario, Sample sample) {
        System.err.printf(
                "%s %s: %s; %s%s %s%n",
                session.id(),
                scenario.id(),
                sample.values(),
                sample.notes(),
                sample.starved() ? "; starved" : "",
                sample.fault());
    }

    /** Returns the report of all results so far. */
    Report report() {
        return new Report(figures, faults);
    }
}
