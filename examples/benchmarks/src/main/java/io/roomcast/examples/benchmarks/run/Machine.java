package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.targets.Resources;
import io.roomcast.examples.benchmarks.targets.Target;
import io.roomcast.examples.benchmarks.targets.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Describes the machine, the versions and the commands in Markdown. */
public final class Machine {
    private Machine() {}

    /** Returns a table with the machine, the versions and the durations, and the command of the bundled server. */
    static String markdown(RunOptions options) throws IOException {
        return String.join(
                "\n",
                head("each server " + options.pinning()),
                "| peers | %s |".formatted(Versions.javaScript()),
                "| database | %s, on the load generator's processor |".formatted(Database.product()),
                "| figures | %s |".formatted(options.timing()),
                "| Roomcast | `%s` |".formatted(command(options)),
                "");
    }

    /** Returns the first lines of a table, with the date, the machine and the JVM's versions. */
    public static String head(String pinning) throws IOException {
        return String.join(
                "\n",
                "| | |",
                "|---|---|",
                "| date | %s |".formatted(LocalDate.now(ZoneOffset.UTC)),
                "| processors | %d of the machine, %s; %s |".formatted(processors(), model(), pinning),
                "| system | %s %s |".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
                "| JDK, Netty | %s, %s |".formatted(Runtime.version(), Versions.netty()));
    }

    private static String command(RunOptions options) {
        Resources resources = new Resources(options.jvmOptions(), Optional.empty(), Path.of("chat-data"));
        return Target.ROOMCAST.launch(resources).toString();
    }

    private static long processors() throws IOException {
        return cpuinfo().stream().filter(line -> line.startsWith("processor")).count();
    }

    private static String model() throws IOException {
        return cpuinfo().stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> cpuinfo() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo"));
    }
}
