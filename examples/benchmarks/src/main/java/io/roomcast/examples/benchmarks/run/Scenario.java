package io.roomcast.examples.benchmarks.run;

import java.util.List;

/** One measurement. */
interface Scenario {
    /** Returns the name for the command line. */
    String id();

    /** Returns the title for readers. */
    String title();

    /** Returns the unit of the cost. */
    String unit();

    /** Returns whether the server can take part. */
    boolean suits(Target target);

    /** Returns whether servers need a database. */
    default boolean persists() {
        return false;
    }

    /** Returns the options for servers on the JVM. */
    default List<String> jvmOptions() {
        return List.of("-Xms512m", "-Xmx512m");
    }

    /** Measures a fresh server; blocks. */
    ScenarioResult run(ServerProcess server, Timing timing) throws Exception;
}
