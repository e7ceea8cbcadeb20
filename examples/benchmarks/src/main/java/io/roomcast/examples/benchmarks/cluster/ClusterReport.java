package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.report.Figure;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Formats results as Markdown. */
final class ClusterReport {
    private static final List<ClusterTarget> ALL = List.of(ClusterTarget.values());

    private final ClusterResults results;

    ClusterReport(ClusterResults results) {
        this.results = results;
    }

    /** Returns the tables, and below them what was lost without an outage. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.addAll(table("lower is better", ALL, figures(row -> true), this::figure));
        lines.add("");
        lines.addAll(table(
                "Roomcast ÷ the other",
                others(),
                figures(row -> row.name().equals(Deliveries.COST)),
                this::proportion));
        lines.add("");
        lines.addAll(outages());
        lines.add("");
        if (results.anyUnreliable()) {
            lines.addAll(List.of("\\* another program disturbed a measurement", ""));
        }
        lines.addAll(
                results.faults().isEmpty()
                        ? List.of("Without an outage, no message was missing, duplicated or out of order.")
                        : results.faults().stream().map(fault -> "- " + fault).toList());
        return String.join("\n", lines) + "\n";
    }

    private static List<ClusterTarget> others() {
        return ALL.stream().filter(target -> target != ClusterTarget.ROOMCAST).toList();
    }

    private List<ClusterResults.Row> figures(Predicate<ClusterResults.Row> chosen) {
        return results.rows().stream().filter(chosen).toList();
    }

    private String figure(ClusterResults.Row row, ClusterTarget target) {
        return results.find(row, target).map(Figure::toString).orElse("");
    }

    private String proportion(ClusterResults.Row row, ClusterTarget other) {
        Optional<Figure> own = results.find(row, ClusterTarget.ROOMCAST);
        return own.flatMap(two -> results.find(row, other).map(figure -> two.median() / figure.median()))
                .map(quotient -> String.format(Locale.ROOT, "%.2f", quotient))
                .orElse("");
    }

    private interface Cell {
        String of(ClusterResults.Row row, ClusterTarget target);
    }

    private static List<String> table(
            String corner, List<ClusterTarget> targets, List<ClusterResults.Row> rows, Cell cell) {
        List<String> lines = new ArrayList<>();
        lines.add(line(corner + " | ", targets.stream().map(ClusterTarget::title)));
        lines.add("|---|---|" + "---:|".repeat(targets.size()));
        rows.forEach(row ->
                lines.add(line(row.load() + " | " + row.name(), targets.stream().map(target -> cell.of(row, target)))));
        return lines;
    }

    private List<String> outages() {
        List<ClusterTarget> tried =
                ALL.stream().filter(ClusterTarget::hasOutages).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line("under 200 messages a second", Stream.of(Outage.values()).map(Outage::title)));
        lines.add("|---|---|---|");
        tried.forEach(target -> lines.add(line(
                target.title(),
                Stream.of(Outage.values())
                        .map(outage -> results.find(outage, target)
                                .map(Outage.Result::toString)
                                .orElse("")))));
        return lines;
    }

    private static String line(String first, Stream<String> cells) {
        return "| " + String.join(" | ", Stream.concat(Stream.of(first), cells).toList()) + " |";
    }
}
