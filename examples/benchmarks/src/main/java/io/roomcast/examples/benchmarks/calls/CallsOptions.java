package io.roomcast.examples.benchmarks.calls;

import io.roomcast.examples.benchmarks.run.CommandLineOptions;
import io.roomcast.examples.benchmarks.run.Pinning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The options of a run. Immutable.
 *
 * @param repetitions the number of measurements, of which the median is reported
 * @param warmCalls the number of calls before the first measurement
 * @param calls the number of calls whose cost is measured together
 * @param ringing the number of calls that ring beside deliveries
 * @param warmSeconds the time of load before the first measurement of deliveries
 * @param measure the time of a measurement of deliveries
 * @param pinning the processor of the server, and that of the clients
 * @param jvmOptions the options of Roomcast's JVM
 * @param folder the folder for the standard error of the server
 */
record CallsOptions(
        int repetitions,
        int warmCalls,
        int calls,
        int ringing,
        int warmSeconds,
        Duration measure,
        Pinning pinning,
        List<String> jvmOptions,
        Path folder) {
    private static final Set<String> KNOWN = Set.of(
            "--repeat",
            "--warm-calls",
            "--calls",
            "--ringing",
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
    static CallsOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        List<String> jvmOptions = options.parts("--jvm-options");
        return new CallsOptions(
                options.number("--repeat", 5),
                options.number("--warm-calls", 200),
                options.number("--calls", 500),
                options.number("--ringing", 1_000),
                options.number("--warm", 10),
                options.seconds("--measure", 10),
                Pinning.of(options),
                jvmOptions.isEmpty() ? List.of("-Xmx256m", "-XX:TieredStopAtLevel=1") : jvmOptions,
                options.folder("--folder", "target"));
    }
}
