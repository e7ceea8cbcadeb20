package io.roomcast.chat.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with settings, a line each. Not safe for use by several threads. */
final class ConfigurationErrors {
    private static final int SHOWN = 200;

    private final List<String> lines;
    private final EnvironmentSettings variables;

    /** Begins with what was wrong with the variables, and names what they set as they do. */
    ConfigurationErrors(EnvironmentSettings variables) {
        this.variables = variables;
        this.lines = new ArrayList<>(variables.mistakes());
    }

    /** A line of its own, whatever the value; what may be a password in it is not shown. */
    static String line(String name, Object value, String expected) {
        String shown = String.valueOf(value).replaceAll("//.*@", "//***@").replaceAll("\\p{Cntrl}", "?");
        String cut = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
        return name + ": " + cut + " (expected: " + expected + ")";
    }

    void expect(boolean fits, String name, Object value, String expected) {
        if (!fits) {
            lines.add(line(variables.nameOf(name), value, expected));
        }
    }

    void add(String line) {
        lines.add(line);
    }

    /** What the supplier makes, or the fallback where it complains. */
    <T> T take(Supplier<T> supplier, T fallback) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException complaint) {
            String.valueOf(complaint.getMessage())
                    .lines()
                    .map(variables::renamed)
                    .forEach(lines::add);
            return fallback;
        }
    }

    /**
     * Ends the collecting.
     *
     * @throws IllegalArgumentException if there are any
     */
    void refuse() {
        if (!lines.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", lines));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
