package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.report.Figure;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects results. For one thread. */
final class ClusterResults {
    /** A row of figures: a load, and what is measured under it. */
    record Row(String load, String name) {}

    private final Map<Row, Map<ClusterTarget, Figure>> figures = new LinkedHashMap<>();
    private final Map<Outage, Map<ClusterTarget, Outage.Result>> outages = new EnumMap<>(Outage.class);
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    ClusterResults() {
        CrossNodeFanOut.all()
                .forEach(load -> Deliveries.names()
                        .forEach(name -> figures.put(new Row(load.title(), name), new EnumMap<>(ClusterTarget.class))));
    }

    /** Adds one measurement. */
    void add(ClusterTarget target, CrossNodeFanOut load, Deliveries deliveries) {
        boolean reliable = deliveries.isReliable(load.saturates());
        deliveries
                .figures()
                .forEach((name, value) -> figures.computeIfAbsent(
                                new Row(load.title(), name), added -> new EnumMap<>(ClusterTarget.class))
                        .merge(target, new Figure(List.of(value), reliable), Figure::and));
        if (!deliveries.report().fault().isEmpty()) {
            fault(target.title() + ", " + load.title(), deliveries.report().fault());
        }
    }

    /** Adds what an outage has lost. */
    void add(ClusterTarget target, Outage outage, Outage.Result result) {
        outages.computeIfAbsent(outage, added -> new EnumMap<>(ClusterTarget.class))
                .put(target, result);
    }

    /** Adds a failure that ended the measurements of a chat. */
    void failed(ClusterTarget target, Exception failure) {
        fault(target.title(), failure.toString());
    }

    private void fault(String measured, String fault) {
        faults.computeIfAbsent(measured, added -> new ArrayList<>()).add(fault);
    }

    List<Row> rows() {
        return List.copyOf(figures.keySet());
    }

    Optional<Figure> find(Row row, ClusterTarget target) {
        return Optional.ofNullable(figures.getOrDefault(row, Map.of()).get(target));
    }

    Optional<Outage.Result> find(Outage outage, ClusterTarget target) {
        return Optional.ofNullable(outages.getOrDefault(outage, Map.of()).get(target));
    }

    boolean anyUnreliable() {
        return figures.values().stream().flatMap(row -> row.values().stream()).anyMatch(figure -> !figure.reliable());
    }

    /** Returns a line for each load of a chat that had faults, with those of each measurement. */
    List<String> faults() {
        return faults.entrySet().stream()
                .map(measured -> measured.getKey() + ": " + String.join("; ", measured.getValue()))
                .toList();
    }
}
