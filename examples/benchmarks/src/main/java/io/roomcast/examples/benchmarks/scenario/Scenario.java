package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.report.Row;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import java.util.Set;

/** A scenario in which servers are measured. */
public interface Scenario {
    /** Returns the name on the command line. */
    String id();

    /** Returns the title in the report. */
    String title();

    /** Returns the units of the values that are measured. */
    List<String> units();

    /** Returns whether the server supports the scenario. */
    boolean supports(Target target);

    /** Returns the phase in which all servers are measured. */
    default Phase phase() {
        return Phase.WARM;
    }

    /** Returns the servers that are measured cold as well. */
    default Set<Target> cold() {
        return Set.of();
    }

    /** Returns whether servers store messages in a database. */
    default boolean stores() {
        return false;
    }

    /** Returns whether the load keeps the server's processor busy. */
    default boolean saturates() {
        return true;
    }

    /** Returns the JVM options of servers that are programs of the benchmarks. */
    default List<String> jvmOptions() {
        return List.of("-Xms512m", "-Xmx512m");
    }

    /** Measures a server. Blocks. */
    Sample run(Meter meter, Window window) throws Exception;

    /** Returns the rows of the report. */
    default List<Row> rows(Phase phase) {
        return units().stream()
                .map(unit -> new Row(title() + ": " + unit, phase.title()))
                .toList();
    }
}
