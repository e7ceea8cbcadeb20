package io.roomcast.examples.chatserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads environment variables and collects the mistakes in them. A blank variable counts as absent. */
final class Environment {
    private final Map<String, String> variables;
    private final List<String> mistakes = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> text(String name) {
        return secret(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Returns the value unchanged, even if it is blank. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<Integer> port(String name) {
        return text(name).flatMap(value -> port(name, value));
    }

    private Optional<Integer> port(String name, String value) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
            return Optional.of(Integer.parseInt(value));
        }
        mistake(name, value, "0 to 65,535");
        return Optional.empty();
    }

    /** Returns whether the variable has the value {@code yes}; the fallback if it is absent. */
    boolean either(String name, String yes, String no, boolean fallback) {
        String value = text(name).orElse(fallback ? yes : no);
        if (!value.equals(yes) && !value.equals(no)) {
            mistake(name, value, yes + " or " + no);
        }
        return value.equals(yes);
    }

    /** Reports an error unless the variable is absent or has one of the known values. */
    void oneOf(String name, String... known) {
        text(name)
                .filter(value -> !List.of(known).contains(value))
                .ifPresent(value -> mistake(name, value, String.join(", ", known)));
    }

    void mistake(String name, String shownValue, String expected) {
        mistakes.add(name + ": " + shownValue + " (expected: " + expected + ")");
    }

    /** Throws if there are mistakes: first the given ones, then those found here. */
    void refuseMistakes(List<String> others) {
        List<String> all = Stream.of(others, mistakes).flatMap(List::stream).toList();
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }
}
