package io.roomcast.examples.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The result of one server in one scenario.
 *
 * @param cost the figure that is compared, in the scenario's unit
 * @param figures the formatted other figures, by column
 */
public record ScenarioResult(double cost, Map<String, String> figures) {
    /** Returns a result without other figures. */
    static ScenarioResult of(double cost) {
        return new ScenarioResult(cost, new LinkedHashMap<>());
    }

    ScenarioResult with(String column, String format, Object value) {
        figures.put(column, String.format(Locale.ROOT, format, value));
        return this;
    }
}
