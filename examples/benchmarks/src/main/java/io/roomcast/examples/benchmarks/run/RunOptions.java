package io.roomcast.examples.benchmarks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The options of a run. Immutable.
 *
 * @param scenarios the scenarios to run
 * @param targets the servers to measure
 * @param timing the durations
 * @param serverCpu the processor to which servers are pinned; empty for no pinning
 * @param jvmOptions additional options of servers on the JVM
 * @param folder the folder for the servers' standard error
 */
record RunOptions(
        List<Scenario> scenarios,
        List<Target> targets,
        Timing timing,
        String serverCpu,
        List<String> jvmOptions,
        Path folder) {
    private static final Set<String> KNOWN =
            Set.of("--scenarios", "--servers", "--warm-up", "--measure", "--server-cpu", "--jvm-options", "--folder");

    /**
     * Parses a command line.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static RunOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        return new RunOptions(
                options.choices("--scenarios", Scenarios.all(), Scenario::id),
                options.choices("--servers", List.of(Target.values()), Target::id),
                new Timing(options.seconds("--warm-up", 8), options.seconds("--measure", 5)),
                options.text("--server-cpu", ""),
                splitAtSpaces(options.text("--jvm-options", "")),
                options.folder("--folder", "target"));
    }

    private static List<String> splitAtSpaces(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+", -1));
    }
}
