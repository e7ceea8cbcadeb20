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

/** Prints one scenario's outcomes side by side, in Markdown. */
final class Table {
    private final Map<Target, ScenarioResult> outcomes = new EnumMap<>(Target.class);
    private final Map<Target, String> failures = new EnumMap<>(Target.class);
    private final Scenario scenario;

    Table(Scenario scenario) {
        this.scenario = scenario;
    }

    void put(Target target, ScenarioResult outcome) {
        outcomes.put(target, outcome);
    }

    void failed(Target target, String reason) {
        failures.put(target, reason);
    }

    String markdown() {
        List<String> columns = columns();
        List<String> lines = new ArrayList<>();
        lines.add("### " + scenario.title());
        lines.add("");
        lines.add(row(columns));
        lines.add("|---|" + "---:|".repeat(columns.size() - 1));
        outcomes.forEach((target, outcome) -> lines.add(row(cells(target, outcome))));
        failures.forEach((target, reason) -> lines.add("\n" + target.title() + ": " + reason));
        return String.join("\n", lines) + "\n";
    }

    /** Returns a table of all scenarios with the cost of each server. */
    static String summary(List<Table> tables) {
        List<String> columns = new ArrayList<>(List.of("lower is better"));
        Stream.of(Target.values()).map(Target::title).forEach(columns::add);
        List<String> lines = new ArrayList<>(List.of("### In short", "", row(columns)));
        lines.add("|---|" + "---:|".repeat(columns.size() - 1));
        tables.forEach(table -> lines.add(row(table.costs())));
        return String.join("\n", lines);
    }

    private List<String> costs() {
        List<String> cells = new ArrayList<>(List.of(scenario.title() + ": " + scenario.unit()));
        for (Target target : Target.values()) {
            ScenarioResult outcome = outcomes.get(target);
            cells.add(outcome == null ? "" : cost(outcome.cost()));
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
        outcomes.values().forEach(outcome -> figures.addAll(outcome.figures().keySet()));
        return figures;
    }

    private List<String> cells(Target target, ScenarioResult outcome) {
        List<String> cells = new ArrayList<>(List.of(
                target.title(),
                cost(outcome.cost()),
                ratio(outcome, outcomes.get(Target.NODE)),
                ratio(outcome, outcomes.get(Target.PLAIN)),
                ratio(outcome, outcomes.get(Target.BARE))));
        figures().forEach(figure -> cells.add(outcome.figures().getOrDefault(figure, "")));
        return cells;
    }

    private static String ratio(ScenarioResult outcome, @Nullable ScenarioResult other) {
        return other == null || other.cost() == 0 ? "" : cost(outcome.cost() / other.cost());
    }

    private static String cost(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String row(Collection<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
