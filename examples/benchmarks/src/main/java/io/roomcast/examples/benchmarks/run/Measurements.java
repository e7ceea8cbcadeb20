package io.roomcast.examples.benchmarks.run;

import static java.util.Objects.requireNonNull;

import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of servers that are measured one at a time, each beside its clients in this process. Logs each measurement to
 * standard error. For one thread.
 */
public final class Measurements {
    private static final double DISTURBING = 0.1;

    private final Pinning pinning;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Creates an instance without figures. */
    public Measurements(Pinning pinning) {
        this.pinning = pinning;
    }

    /** Begins to read what a server and this process use. */
    public ProcessorClock.Measurement begin(ServerProcess server) {
        ProcessGauge own = new ProcessGauge(ProcessHandle.current().pid());
        return new ProcessorClock(List.of(server.gauge(), own), pinning.processors()).begin();
    }

    /** Adds one measurement of a figure. */
    public void add(String name, double value, ProcessorUse use) {
        boolean isReliable = use.others() + use.stolen() < DISTURBING * use.seconds();
        System.err.printf(
                Locale.ROOT,
                "%s: %.3f in %.1f s; server %.2f s, clients %.2f s, others %.2f s, stolen %.2f s%n",
                name,
                value,
                use.seconds(),
                use.own().get(0),
                use.own().get(1),
                use.others(),
                use.stolen());
        figures.merge(name, new Figure(List.of(value), isReliable), Figure::and);
    }

    /** Adds what went wrong; ignored if empty. */
    public void addFault(String fault) {
        if (!fault.isEmpty()) {
            faults.add(fault);
        }
    }

    /** Returns the median of a figure that was measured. */
    public double median(String name) {
        return requireNonNull(figures.get(name)).median();
    }

    /** Returns the table of the figures, as Markdown. */
    public List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| lower is better | |", "|---|---:|"));
        figures.forEach((name, figure) -> lines.add("| %s | %s |".formatted(name, figure)));
        return lines;
    }

    /** Returns what went wrong, or the given text. */
    public String faults(String none) {
        return faults.isEmpty() ? none : String.join("\n", faults);
    }
}
