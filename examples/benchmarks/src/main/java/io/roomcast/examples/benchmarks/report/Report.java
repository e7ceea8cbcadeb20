package io.roomcast.examples.benchmarks.report;

import static io.roomcast.examples.benchmarks.targets.Target.BARE;
import static io.roomcast.examples.benchmarks.targets.Target.BUN;
import static io.roomcast.examples.benchmarks.targets.Target.FOLLOWED;
import static io.roomcast.examples.benchmarks.targets.Target.KEEPING;
import static io.roomcast.examples.benchmarks.targets.Target.NODE;
import static io.roomcast.examples.benchmarks.targets.Target.NODE_20;
import static io.roomcast.examples.benchmarks.targets.Target.PLAIN;
import static io.roomcast.examples.benchmarks.targets.Target.ROOMCAST;
import static io.roomcast.examples.benchmarks.targets.Target.ROOMCAST_EMBEDDED;
import static io.roomcast.examples.benchmarks.targets.Target.ROOMCAST_MONGO;
import static io.roomcast.examples.benchmarks.targets.Target.TUNED;

import io.roomcast.examples.benchmarks.targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Formats figures as Markdown: servers out of the box, then the proportions between them, then the tuned ones. */
public final class Report {
    private static final List<Target> OUT_OF_THE_BOX =
            List.of(ROOMCAST, ROOMCAST_EMBEDDED, ROOMCAST_MONGO, NODE, NODE_20, BUN);
    private static final List<Target> PEERS = List.of(NODE, NODE_20, BUN, BARE);
    private static final List<Target> TUNED_ONES = List.of(TUNED, KEEPING, FOLLOWED, PLAIN, BARE);

    private final Figures figures;
    private final List<String> faults;

    /**
     * Creates a report.
     *
     * @param faults one line for each measurement that failed, or in which a message was lost
     */
    public Report(Figures figures, List<String> faults) {
        this.figures = figures;
        this.faults = List.copyOf(faults);
    }

    /** Returns the tables, and below them what makes figures unreliable. */
    public String markdown() {
        List<String> parts = new ArrayList<>();
        parts.addAll(section("Out of the box", "lower is better", OUT_OF_THE_BOX, this::figure));
        parts.addAll(section("Roomcast in proportion to others", "Roomcast ÷ the other", PEERS, this::proportion));
        parts.addAll(section("Tuned", "lower is better", TUNED_ONES, this::figure));
        parts.addAll(section("The cost of a follower", "with ÷ without", List.of(FOLLOWED), this::follower));
        if (figures.anyUnreliable()) {
            parts.add("\\* another program disturbed a measurement, each time that it was repeated");
        }
        parts.add(faults.isEmpty() ? "No message was missing, duplicated or out of order." : list(faults));
        return String.join("\n\n", parts) + "\n";
    }

    private static String list(List<String> lines) {
        return String.join("\n", lines.stream().map(line -> "- " + line).toList());
    }

    private String figure(Row row, Target server) {
        return figures.find(row, server).map(Figure::toString).orElse("");
    }

    /** Returns the proportion of Roomcast to another server. It stores in memory, or in MongoDB if the other stores. */
    private String proportion(Row row, Target other) {
        return figures.find(row, ROOMCAST)
                .or(() -> figures.find(row, ROOMCAST_MONGO))
                .flatMap(own -> figures.find(row, other).map(figure -> own.median() / figure.median()))
                .map(quotient -> String.format(Locale.ROOT, "%.2f", quotient))
                .orElse("");
    }

    /** Returns the proportion of a server with a follower to the same one without. */
    private String follower(Row row, Target server) {
        return figures.find(row, KEEPING)
                .flatMap(without -> figures.find(row, server).map(with -> with.median() / without.median()))
                .map(quotient -> String.format(Locale.ROOT, "%.3f", quotient))
                .orElse("");
    }

    /** Returns a heading and a table without empty columns; nothing if all are empty. */
    private List<String> section(
            String heading, String corner, List<Target> servers, BiFunction<Row, Target, String> cell) {
        List<Target> measured = servers.stream()
                .filter(server -> figures.rows().stream()
                        .anyMatch(row -> !cell.apply(row, server).isEmpty()))
                .toList();
        return measured.isEmpty() ? List.of() : List.of("### " + heading, table(corner, measured, cell));
    }

    /** Returns a table without empty rows. */
    private String table(String corner, List<Target> servers, BiFunction<Row, Target, String> cell) {
        List<String> lines = new ArrayList<>();
        lines.add(line(corner, "", servers.stream().map(Target::title)));
        lines.add("|---|---|" + "---:|".repeat(servers.size()));
        for (Row row : figures.rows()) {
            List<String> cells =
                    servers.stream().map(server -> cell.apply(row, server)).toList();
            if (cells.stream().anyMatch(text -> !text.isEmpty())) {
                lines.add(line(row.title(), row.phase(), cells.stream()));
            }
        }
        return String.join("\n", lines);
    }

    private static String line(String title, String phase, Stream<String> cells) {
        return "| "
                + String.join(
                        " | ", Stream.concat(Stream.of(title, phase), cells).toList()) + " |";
    }
}
