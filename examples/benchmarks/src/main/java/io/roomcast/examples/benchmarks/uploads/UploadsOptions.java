package io.roomcast.examples.benchmarks.uploads;

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
 * @param warmSeconds the time of load before the first measurement of deliveries
 * @param measure the time of a measurement of deliveries
 * @param fileMib the size of a file whose upload is measured
 * @param mibPerSecond the rate of each upload beside deliveries
 * @param pinning the processor of the servers, and that of the clients
 * @param jvmOptions the options of Roomcast's JVM
 * @param folder the folder for the files, and the standard error of all processes
 */
record UploadsOptions(
        int repetitions,
        int warmSeconds,
        Duration measure,
        int fileMib,
        int mibPerSecond,
        Pinning pinning,
        List<String> jvmOptions,
        Path folder) {
    private static final Set<String> KNOWN = Set.of(
            "--repeat",
            "--warm",
            "--measure",
            "--file-mib",
            "--mib-per-second",
            "--server-cpu",
            "--generator-cpu",
            "--jvm-options",
            "--folder");

    /**
     * Parses a command line.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static UploadsOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        List<String> jvmOptions = options.parts("--jvm-options");
        return new UploadsOptions(
                options.number("--repeat", 5),
                options.number("--warm", 10),
                options.seconds("--measure", 5),
                options.number("--file-mib", 512),
                options.number("--mib-per-second", 1),
                Pinning.of(options),
                jvmOptions.isEmpty() ? List.of("-Xmx256m", "-XX:TieredStopAtLevel=1") : jvmOptions,
                options.folder("--folder", "target"));
    }
}
