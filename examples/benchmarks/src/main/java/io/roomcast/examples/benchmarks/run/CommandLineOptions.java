package io.roomcast.examples.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The options of a command line: pairs of a name and a value. Immutable. */
public final class CommandLineOptions {
    private final Map<String, String> values;

    private CommandLineOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Parses a command line.
     *
     * @param known the names that are allowed
     * @throws IllegalArgumentException if a name is unknown or has no value
     */
    public static CommandLineOptions parse(Set<String> known, String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " (expected: one of " + known + ", and a value)");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        return new CommandLineOptions(values);
    }

    /** Returns the value, or the default. */
    public String text(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    /** Returns a folder, or the default. */
    public Path folder(String name, String defaultValue) {
        return Path.of(text(name, defaultValue));
    }

    /** Returns a whole number of seconds, or the default. */
    public Duration seconds(String name, long defaultSeconds) {
        return Duration.ofSeconds(Long.parseLong(text(name, String.valueOf(defaultSeconds))));
    }

    /** Returns a whole number, or the default. */
    public int number(String name, int defaultValue) {
        return Integer.parseInt(text(name, String.valueOf(defaultValue)));
    }

    /** Returns the parts of the value between spaces; none if the option is absent. */
    public List<String> parts(String name) {
        String text = text(name, "").trim();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
    }

    /** Returns the numbers of a list with commas, or of the default. */
    public List<Integer> numbers(String name, String defaultValue) {
        return split(text(name, defaultValue)).map(Integer::valueOf).toList();
    }

    /**
     * Returns the choices whose ids are in a list with commas, or all choices if the option is absent.
     *
     * @param id returns the id of a choice
     * @throws IllegalArgumentException if an id is unknown
     */
    public <T> List<T> choices(String name, List<T> all, Function<T, String> id) {
        return choices(name, all, all, id);
    }

    /** Does the same with another default. */
    public <T> List<T> choices(String name, List<T> all, List<T> defaultChoices, Function<T, String> id) {
        if (!values.containsKey(name)) {
            return defaultChoices;
        }
        List<String> known = all.stream().map(id).toList();
        List<String> chosen = split(text(name, "")).toList();
        if (!known.containsAll(chosen)) {
            throw new IllegalArgumentException(name + ": " + chosen + " (expected: some of " + known + ")");
        }
        return all.stream().filter(choice -> chosen.contains(id.apply(choice))).toList();
    }

    private static Stream<String> split(String list) {
        return Stream.of(list.split(",", -1));
    }
}
