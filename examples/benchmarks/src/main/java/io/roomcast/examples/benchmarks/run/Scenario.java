package io.roomcast.examples.benchmarks.run;

import java.util.List;

/** One thing to measure. */
interface Scenario {
    /** Its name on the command line. */
    String id();

    /** What it is, for people. */
    String title();

    /** What its costs are counted in. */
    String unit();

    /** Whether the server can take part. */
    boolean suits(Target target);

    /** Whether servers are to have a database. */
    default boolean persists() {
        return false;
    }

    /** How a JVM is to be started for it. */
    default List<String> jvmOptions() {
        return List.of("-Xms512m", "-Xmx512m");
    }

    /** Measures a fresh server; blocks. */
    Outcome run(ServerProcess server, Timing timing) throws Exception;
}
