package io.roomcast.examples.chatserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads environment variables and collects errors in their values. A blank variable counts as absent. */
final class Environment {
    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Returns the value without surrounding spaces. */
    Optional<String> text(String name) {
        return secret(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Returns the value unchanged, even if it is blank. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Returns a port, 0 to 65,535; adds an error for another value. */
    Optional<Integer> port(String name) {
        return number(name, 65_535);
    }

    /** Returns a number, 0 to a maximum of at most five digits; adds an error for another value. */
    Optional<Integer> number(String name, int max) {
        return text(name).flatMap(value -> number(name, value, max));
    }

    private Optional<Integer> number(String name, String value, int max) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= max) {
            return Optional.of(Integer.parseInt(value));
        }
        addError(name, value, String.format(Locale.ROOT, "0 to %,d", max));
        return Optional.empty();
    }

    /** Returns whether the variable has the value {@code yes}; the default if it is absent. */
    boolean flag(String name, String yes, String no, boolean defaultValue) {
        String value = text(name).orElse(defaultValue ? yes : no);
        if (!value.equals(yes) && !value.equals(no)) {
            addError(name, value, yes + " or " + no);
        }
        return value.equals(yes);
    }

    /** Adds an error unless the variable is absent or has one of the known values. */
    void oneOf(String name, String... known) {
        text(name)
                .filter(value -> !List.of(known).contains(value))
                .ifPresent(value -> addError(name, value, String.join(", ", known)));
    }

    /** Adds an error. The value must not be a secret. */
    void addError(String name, String shownValue, String expected) {
        errors.add(name + ": " + shownValue + " (expected: " + expected + ")");
    }

    /**
     * Throws all errors, if there are any.
     *
     * @param others errors from elsewhere, which are listed first
     * @throws ConfigException if there are errors
     */
    void throwErrors(List<String> others) {
        List<String> all = Stream.of(others, errors).flatMap(List::stream).toList();
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }
}
