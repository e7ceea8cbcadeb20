package io.roomcast.examples.benchmarks.report;

import io.roomcast.examples.benchmarks.targets.Target;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of all servers, by row. For one thread. */
public final class Figures {
    private final Map<Row, Map<Target, Figure>> rows = new LinkedHashMap<>();

    /** Creates empty rows, in the order of the report. */
    public Figures(List<Row> rows) {
        rows.forEach(row -> this.rows.put(row, new EnumMap<>(Target.class)));
    }

    /** Adds one measurement. */
    public void add(Row row, Target server, double value, boolean reliable) {
        rows.computeIfAbsent(row, added -> new EnumMap<>(Target.class))
                .merge(server, new Figure(List.of(value), reliable), Figure::and);
    }

    List<Row> rows() {
        return List.copyOf(rows.keySet());
    }

    Optional<Figure> find(Row row, Target server) {
        return Optional.ofNullable(rows.getOrDefault(row, Map.of()).get(server));
    }

    boolean anyUnreliable() {
        return rows.values().stream()
                .flatMap(figures -> figures.values().stream())
                .anyMatch(figure -> !figure.reliable());
    }
}
