package io.roomcast.examples.chatserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads environment variables and collects what is wrong with them. A blank variable counts as absent. */
final class Environment {
    private final Map<String, String> variables;
    private final List<String> mistakes = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> text(String name) {
        return secret(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The value exactly as it was given, even if blank. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    int port(String name, int fallback) {
        return text(name).map(value -> port(name, value, fallback)).orElse(fallback);
    }

    private int port(String name, String value, int fallback) {
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
            return Integer.parseInt(value);
        }
        mistake(name, value, "a port from 0 to 65535");
        return fallback;
    }

    /** Whether the variable says {@code yes}; the fallback where it is absent. */
    boolean either(String name, String yes, String no, boolean fallback) {
        String value = text(name).orElse(fallback ? yes : no);
        if (!value.equals(yes) && !value.equals(no)) {
            mistake(name, value, yes + " or " + no);
        }
        return value.equals(yes);
    }

    void mistake(String name, String shownValue, String expected) {
        mistakes.add(name + ": " + shownValue + " (expected: " + expected + ")");
    }

    /** Ends the reading. */
    void refuseMistakes() {
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
    }
}
