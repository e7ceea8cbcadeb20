package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.scenario.Scenarios;
import io.roomcast.examples.benchmarks.targets.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of a run. Immutable.
 *
 * @param scenarios the scenarios to run
 * @param targets the servers to measure
 * @param timing the extent of the measurements
 * @param pinning the processors to which processes are pinned
 * @param jvmOptions additional options of servers on the JVM
 * @param folder the folder for the servers' standard error and data
 */
record RunOptions(
        List<Scenario> scenarios,
        List<Target> targets,
        Timing timing,
        Pinning pinning,
        List<String> jvmOptions,
        Path folder) {
    private static final String QUICK = "--quick";
    private static final Set<String> KNOWN = Set.of(
            "--scenarios",
            "--servers",
            "--repeat",
            "--cold",
            "--warm",
            "--measure",
            "--server-cpu",
            "--generator-cpu",
            "--jvm-options",
            "--folder");

    /**
     * Parses a command line. With {@code --quick}, the defaults are one short measurement of the servers that are compared
     * most.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static RunOptions parse(String... arguments) {
        List<String> pairs = new ArrayList<>(List.of(arguments));
        boolean quick = pairs.remove(QUICK);
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, pairs.toArray(String[]::new));
        return new RunOptions(
                options.choices("--scenarios", Scenarios.all(), Scenarios.usual(), Scenario::id),
                options.choices("--servers", List.of(Target.values()), servers(quick), Target::id),
                timing(options, quick),
                Pinning.of(options),
                options.parts("--jvm-options"),
                options.folder("--folder", "target"));
    }

    private static List<Target> servers(boolean quick) {
        return quick
                ? List.of(Target.ROOMCAST, Target.ROOMCAST_MONGO, Target.NODE, Target.BUN, Target.BARE)
                : Stream.of(Target.values()).filter(Target::isUsual).toList();
    }

    private static Timing timing(CommandLineOptions options, boolean quick) {
        return new Timing(
                options.number("--repeat", quick ? 1 : 3),
                options.number("--cold", quick ? 2 : 5),
                options.number("--warm", quick ? 8 : 20),
                Duration.ofMillis(500),
                options.seconds("--measure", quick ? 1 : 2));
    }
}
