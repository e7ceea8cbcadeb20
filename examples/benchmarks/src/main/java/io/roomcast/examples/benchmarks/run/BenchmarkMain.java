package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The benchmarks' entry point: measures what the arguments choose, or everything, and prints Markdown. */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    /** Runs; {@link RunOptions} says what may be asked for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunOptions options = RunOptions.parse(arguments);
        System.out.println(Machine.markdown(options));
        List<Table> tables = new ArrayList<>();
        try (BenchmarkRunner bench = new BenchmarkRunner(options)) {
            for (Scenario scenario : options.scenarios()) {
                Table table = bench.run(scenario);
                System.out.println(table.markdown());
                tables.add(table);
            }
        }
        System.out.println(Table.summary(tables));
    }
}
