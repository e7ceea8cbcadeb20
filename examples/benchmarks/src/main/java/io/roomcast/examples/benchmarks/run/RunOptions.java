package io.roomcast.examples.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param serverCpu the processor for servers; empty for any
 * @param jvmOptions further options for servers on the JVM
 * @param folder the folder for the servers' error output
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

    /** Reads pairs of a name and a value. */
    static RunOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " (expected: one of " + KNOWN + ", and a value)");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        return of(given);
    }

    private static RunOptions of(Map<String, String> given) {
        return new RunOptions(
                scenarios(given.get("--scenarios")),
                targets(given.get("--servers")),
                new Timing(seconds(given, "--warm-up", "8"), seconds(given, "--measure", "5")),
                given.getOrDefault("--server-cpu", ""),
                words(given.getOrDefault("--jvm-options", "")),
                Path.of(given.getOrDefault("--folder", "target")));
    }

    private static List<Scenario> scenarios(@Nullable String ids) {
        return chosen(Scenarios.all(), Scenario::id, ids);
    }

    private static List<Target> targets(@Nullable String ids) {
        return chosen(List.of(Target.values()), Target::id, ids);
    }

    /** Returns the elements whose ids are listed, or all without a list. */
    private static <T> List<T> chosen(List<T> all, Function<T, String> id, @Nullable String ids) {
        if (ids == null) {
            return all;
        }
        List<String> known = all.stream().map(id).toList();
        List<String> wanted = List.of(ids.split(",", -1));
        if (!known.containsAll(wanted)) {
            throw new IllegalArgumentException(wanted + " (expected: some of " + known + ")");
        }
        return all.stream().filter(one -> wanted.contains(id.apply(one))).toList();
    }

    private static Duration seconds(Map<String, String> given, String name, String standard) {
        return Duration.ofSeconds(Long.parseLong(given.getOrDefault(name, standard)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+", -1));
    }
}
