package io.roomcast.examples.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one server made of one scenario.
 *
 * @param cost what is compared, in the scenario's unit
 * @param figures everything else, by column
 */
public record Outcome(double cost, Map<String, String> figures) {
    /** An outcome without further figures yet. */
    static Outcome of(double cost) {
        return new Outcome(cost, new LinkedHashMap<>());
    }

    Outcome with(String column, String format, Object value) {
        figures.put(column, String.format(Locale.ROOT, format, value));
        return this;
    }
}
