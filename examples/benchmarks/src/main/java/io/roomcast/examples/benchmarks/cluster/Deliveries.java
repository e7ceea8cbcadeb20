package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What deliveries have used. Immutable.
 *
 * @param use the processor time of the nodes, of Redis, and of the others in this order
 * @param nodes the number of nodes
 * @param deliveries the number of deliveries
 * @param crossed the number of those to another node than the sender's
 * @param report the latencies, and what was lost
 */
record Deliveries(ProcessorUse use, int nodes, long deliveries, long crossed, LoadReport report) {
    static final String COST = "nodes together, s / million deliveries";
    private static final String FIRST = "first node, s / million across";
    private static final String SECOND = "second node, s / million across";
    private static final String REDIS = "Redis, s / million across";
    private static final String SAME = "same node, p%d ms";
    private static final String ACROSS = "across, p%d ms";
    private static final List<Integer> PERCENTILES = List.of(50, 99);
    private static final double MILLION = 1e6;
    private static final double DISTURBING = 0.1;
    private static final double FULL = 0.8;

    /** Returns the names of all figures, in the order of the report. */
    static List<String> names() {
        return List.of(
                COST,
                FIRST,
                SECOND,
                REDIS,
                SAME.formatted(50),
                ACROSS.formatted(50),
                SAME.formatted(99),
                ACROSS.formatted(99));
    }

    /** Returns the figures by their names. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(COST, use.sum(0, nodes) / Math.max(1, deliveries) * MILLION);
        addLatency(figures, SAME, report.latency());
        if (nodes > 1) {
            figures.put(FIRST, perMillionAcross(0));
            figures.put(SECOND, perMillionAcross(1));
            figures.put(REDIS, perMillionAcross(nodes));
            addLatency(figures, ACROSS, report.crossedLatency());
        }
        return figures;
    }

    private double perMillionAcross(int process) {
        return use.own().get(process) / Math.max(1, crossed) * MILLION;
    }

    private static void addLatency(Map<String, Double> figures, String name, Histogram latency) {
        PERCENTILES.forEach(percentile ->
                figures.put(name.formatted(percentile), latency.getValueAtPercentile(percentile) / MILLION));
    }

    /**
     * Returns whether other programs took less than a tenth of a processor, and, under a load that should saturate the
     * nodes, whether these or all others of the benchmark used most of their processor.
     */
    boolean isReliable(boolean saturating) {
        double full = FULL * use.seconds();
        boolean idle = use.sum(0, nodes) < full && use.sum(nodes, use.own().size()) < full;
        return use.others() + use.stolen() <= DISTURBING * use.seconds() && !(saturating && idle);
    }

    /** Returns the text for the log. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f deliveries/s; CPU s in %.1f s: %s, others %.2f, stolen %.2f; %s %s",
                deliveries / use.seconds(),
                use.seconds(),
                use.own(),
                use.others(),
                use.stolen(),
                figures(),
                report.fault());
    }
}
