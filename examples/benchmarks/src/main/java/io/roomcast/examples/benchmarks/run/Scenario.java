package io.roomcast.examples.benchmarks.run;

import java.util.List;

/** A scenario in which servers are measured. */
interface Scenario {
    /** Returns the name on the command line. */
    String id();

    /** Returns the title in the report. */
    String title();

    /** Returns the unit of the cost. */
    String unit();

    /** Returns whether the server supports the scenario. */
    boolean supports(Target target);

    /** Returns whether servers need a database. */
    default boolean persists() {
        return false;
    }

    /** Returns the JVM options of servers. */
    default List<String> jvmOptions() {
        return List.of("-Xms512m", "-Xmx512m");
    }

    /** Measures a server that was just started. Blocks. */
    ScenarioResult run(ServerProcess server, Timing timing) throws Exception;
}
