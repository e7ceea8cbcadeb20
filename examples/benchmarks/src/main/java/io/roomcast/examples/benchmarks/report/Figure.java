package io.roomcast.examples.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The repeated measurements of one figure. Immutable.
 *
 * @param values the values; at least one
 * @param reliable whether no measurement was disturbed
 */
public record Figure(List<Double> values, boolean reliable) {
    private static final String UNRELIABLE = " *";

    /** Creates a figure. */
    public Figure {
        values = values.stream().sorted().toList();
    }

    /** Returns a figure with the values of both. */
    public Figure and(Figure other) {
        return new Figure(Stream.concat(values.stream(), other.values.stream()).toList(), reliable && other.reliable);
    }

    /** Returns the median; of an even number of values, the mean of the middle two. */
    public double median() {
        int size = values.size();
        return (values.get((size - 1) / 2) + values.get(size / 2)) / 2;
    }

    /** Returns half the difference between the highest and the lowest value, in proportion to the median. */
    double spread() {
        double range = Collections.max(values) - Collections.min(values);
        return range == 0 ? 0 : range / 2 / median();
    }

    /** Returns the median and the spread, with a mark if the figure is unreliable. */
    @Override
    public String toString() {
        String spread = values.size() < 2 ? "" : String.format(Locale.ROOT, " ±%.0f %%", 100 * spread());
        return rounded(median()) + spread + (reliable ? "" : UNRELIABLE);
    }

    /** Returns the value with three digits, or all digits before the point. */
    static String rounded(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
