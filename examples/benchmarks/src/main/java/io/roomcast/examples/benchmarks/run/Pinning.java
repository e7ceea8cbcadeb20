package io.roomcast.examples.benchmarks.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * The processors to which processes are pinned. Immutable.
 *
 * @param server the processor of servers; empty for no pinning
 * @param generator the processor of the load generator and the database; empty for no pinning
 */
public record Pinning(String server, String generator) {
    /** Returns the processors that the options {@code --server-cpu} and {@code --generator-cpu} name. */
    public static Pinning of(CommandLineOptions options) {
        return new Pinning(options.text("--server-cpu", ""), options.text("--generator-cpu", ""));
    }

    /** Returns both processors, if there are any. */
    public List<String> processors() {
        return Stream.of(server, generator)
                .filter(processor -> !processor.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns the text for the report. */
    @Override
    public String toString() {
        return server.isEmpty() ? "not pinned" : "on processor " + server + " alone";
    }
}
