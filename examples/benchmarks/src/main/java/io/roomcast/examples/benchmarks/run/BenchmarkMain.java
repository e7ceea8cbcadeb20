package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks that the arguments choose, by default all, and prints Markdown. */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    /** Runs the benchmarks; see {@link RunOptions} for the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunOptions options = RunOptions.parse(arguments);
        System.out.println(Machine.markdown(options));
        List<Table> tables = new ArrayList<>();
        try (BenchmarkRunner runner = new BenchmarkRunner(options)) {
            for (Scenario scenario : options.scenarios()) {
                Table table = runner.run(scenario);
                System.out.println(table.markdown());
                tables.add(table);
            }
        }
        System.out.println(Table.summary(tables));
    }
}
