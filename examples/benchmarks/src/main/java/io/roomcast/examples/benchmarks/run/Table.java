package io.roomcast.examples.benchmarks.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats the results of one scenario as a Markdown table with one row for each server. */
final class Table {
    private final Map<Target, ScenarioResult> results = new EnumMap<>(Target.class);
    private final Map<Target, String> failures = new EnumMap<>(Target.class);
    private final Scenario scenario;

    Table(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Adds a result. */
    void put(Target target, ScenarioResult result) {
        results.put(target, result);
    }

    /** Adds a failure. */
    void failed(Target target, String reason) {
        failures.put(target, reason);
    }

    /** Returns the table with the failures below. */
    String markdown() {
        List<String> columns = columns();
        List<String> lines = new ArrayList<>();
        lines.add("### " + scenario.title());
        lines.add("");
        lines.add(row(columns));
        lines.add("|---|" + "---:|".repeat(columns.size() - 1));
        results.forEach((target, result) -> lines.add(row(cells(target, result))));
        failures.forEach((target, reason) -> lines.add("\n" + target.title() + ": " + reason));
        return String.join("\n", lines) + "\n";
    }

    /** Returns a table of the costs alone, with one row for each scenario. */
    static String summary(List<Table> tables) {
        List<String> columns = new ArrayList<>(List.of("lower is better"));
        Stream.of(Target.values()).map(Target::title).forEach(columns::add);
        List<String> lines = new ArrayList<>(List.of("### Summary", "", row(columns)));
        lines.add("|---|" + "---:|".repeat(columns.size() - 1));
        tables.forEach(table -> lines.add(row(table.costs())));
        return String.join("\n", lines);
    }

    private List<String> costs() {
        List<String> cells = new ArrayList<>(List.of(scenario.title() + ": " + scenario.unit()));
        for (Target target : Target.values()) {
            ScenarioResult result = results.get(target);
            cells.add(result == null ? "" : cost(result.cost()));
        }
        return cells;
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("server", scenario.unit(), "× Node", "× plain", "× bare"));
        columns.addAll(figures());
        return columns;
    }

    private Set<String> figures() {
        Set<String> figures = new LinkedHashSet<>();
        results.values().forEach(result -> figures.addAll(result.figures().keySet()));
        return figures;
    }

    private List<String> cells(Target target, ScenarioResult result) {
        List<String> cells = new ArrayList<>(List.of(
                target.title(),
                cost(result.cost()),
                ratio(result, results.get(Target.NODE)),
                ratio(result, results.get(Target.PLAIN)),
                ratio(result, results.get(Target.BARE))));
        figures().forEach(figure -> cells.add(result.figures().getOrDefault(figure, "")));
        return cells;
    }

    private static String ratio(ScenarioResult result, @Nullable ScenarioResult other) {
        return other == null || other.cost() == 0 ? "" : cost(result.cost() / other.cost());
    }

    private static String cost(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String row(Collection<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
