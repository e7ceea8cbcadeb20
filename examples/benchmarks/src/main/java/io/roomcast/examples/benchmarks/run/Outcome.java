package io.roomcast.examples.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The result of one server in one scenario.
 *
 * @param cost the compared cost, in the scenario's unit
 * @param figures all other figures, by column
 */
public record Outcome(double cost, Map<String, String> figures) {
    /** Returns an outcome without further figures. */
    static Outcome of(double cost) {
        return new Outcome(cost, new LinkedHashMap<>());
    }

    Outcome with(String column, String format, Object value) {
        figures.put(column, String.format(Locale.ROOT, format, value));
        return this;
    }
}
