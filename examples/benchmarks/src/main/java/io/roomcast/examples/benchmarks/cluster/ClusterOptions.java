package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.run.CommandLineOptions;
import io.roomcast.examples.benchmarks.run.Pinning;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The options of a run. Immutable.
 *
 * @param targets the chats that are measured
 * @param repetitions the number of measurements, of which the median is reported
 * @param warmCpuSeconds the processor time of the nodes under load before the first measurement
 * @param measure the time of a measurement
 * @param pinning the processor of the nodes, and that of the load generator, the database and Redis
 * @param jvmOptions additional options of Roomcast's JVMs
 * @param folder the folder for the standard error of all processes
 */
record ClusterOptions(
        List<ClusterTarget> targets,
        int repetitions,
        int warmCpuSeconds,
        Duration measure,
        Pinning pinning,
        List<String> jvmOptions,
        Path folder) {
    private static final Set<String> KNOWN = Set.of(
            "--servers",
            "--repeat",
            "--warm",
            "--measure",
            "--server-cpu",
            "--generator-cpu",
            "--jvm-options",
            "--folder");

    /**
     * Parses a command line.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static ClusterOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        return new ClusterOptions(
                options.choices("--servers", List.of(ClusterTarget.values()), ClusterTarget::id),
                options.number("--repeat", 3),
                options.number("--warm", 10),
                options.seconds("--measure", 3),
                Pinning.of(options),
                options.parts("--jvm-options"),
                options.folder("--folder", "target"));
    }

    /** Returns the text for the report. */
    String timing() {
        return "medians of %d, each of %d s, after %d CPU seconds of load"
                .formatted(repetitions, measure.toSeconds(), warmCpuSeconds);
    }
}
