package io.roomcast.examples.benchmarks.storage;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats figures as lines of a Markdown table. */
final class StorageTable {
    static final String HEAD = """
            | RTT ms | outstanding | rooms | strategy | msg/s | p50 ms | p99 ms | CPU ms / 1,000 | of it compiling \
            | database CPU | commands / 1,000 | commands / insert | failed | rooms with gaps | × msg/s | × CPU |
            |---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|""";

    private StorageTable() {}

    /** Returns one line for each strategy. The last two columns are relative to the naive one. */
    static String lines(Cell cell, Map<Strategy, Figures> measured) {
        StringBuilder lines = new StringBuilder();
        Figures naive = measured.get(Strategy.NAIVE);
        measured.forEach((strategy, figures) -> lines.append(lines.isEmpty() ? "" : "\n")
                .append(line(cell, strategy, figures))
                .append(ratios(figures, naive)));
        return lines.toString();
    }

    private static String line(Cell cell, Strategy strategy, Figures figures) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %d | %s | %.0f | %.2f | %.2f | %.1f | %.0f %% | %.0f %% | %.0f | %.2f | %d | %d |",
                cell.roundTripMillis(),
                cell.outstanding(),
                cell.rooms(),
                strategy.id(),
                figures.rate(),
                figures.millisAt(50),
                figures.millisAt(99),
                figures.perThousand(figures.cpuMillis()),
                100 * figures.compilingMillis() / figures.cpuMillis(),
                figures.databaseMillis() / figures.seconds() / 10,
                figures.perThousand((double) figures.commands()),
                (double) figures.commands() / Math.max(1, figures.inserts()),
                figures.failed(),
                figures.gaps());
    }

    private static String ratios(Figures figures, @Nullable Figures naive) {
        if (naive == null) {
            return "  |  |";
        }
        return String.format(
                Locale.ROOT,
                " %.2f | %.2f |",
                figures.rate() / naive.rate(),
                figures.perThousand(figures.cpuMillis()) / naive.perThousand(naive.cpuMillis()));
    }
}
