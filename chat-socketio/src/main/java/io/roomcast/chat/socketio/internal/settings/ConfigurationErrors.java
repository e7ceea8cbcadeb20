package io.roomcast.chat.socketio.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the errors of a configuration, one line each. Not safe for use by several threads. */
public final class ConfigurationErrors {
    private static final int MAX_VALUE_LENGTH = 200;

    private final List<String> lines;
    private final EnvironmentSettings environment;

    /** Starts with the errors of the environment. Names a setting by its variable if a variable set it. */
    public ConfigurationErrors(EnvironmentSettings environment) {
        this.environment = environment;
        this.lines = new ArrayList<>(environment.errors());
    }

    /** Returns an error as one line. Hides a user name and password in a URL, and shortens long values. */
    static String line(String name, Object value, String expected) {
        String shown = String.valueOf(value).replaceAll("//.*@", "//***@").replaceAll("\\p{Cntrl}", "?");
        String cut = shown.length() > MAX_VALUE_LENGTH ? shown.substring(0, MAX_VALUE_LENGTH) + "…" : shown;
        return name + ": " + cut + " (expected: " + expected + ")";
    }

    /** Adds an error unless the condition holds. */
    void expect(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            lines.add(line(environment.nameOf(name), value, expected));
        }
    }

    /** Adds an error of a setting, without its value. */
    void addOf(String name, String error) {
        lines.add(environment.nameOf(name) + ": " + error);
    }

    /** Adds an error. */
    public void add(String line) {
        lines.add(line);
    }

    /** Returns the supplier's result; if it throws, adds each line of the message and returns the fallback. */
    <T> T take(Supplier<T> supplier, T fallback) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException invalid) {
            String.valueOf(invalid.getMessage())
                    .lines()
                    .map(environment::renamed)
                    .forEach(lines::add);
            return fallback;
        }
    }

    /**
     * Throws an exception with all lines if there are any.
     *
     * @throws IllegalArgumentException if there are errors
     */
    public void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", lines));
        }
    }

    /** Returns the errors so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
