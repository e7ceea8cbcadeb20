package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks that the arguments select, or all of them, and prints Markdown. */
public final class Main {
    private Main() {}

    /** Runs the benchmarks. {@link Options} describes the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.parse(arguments);
        System.out.println(Machine.markdown(options));
        List<Table> tables = new ArrayList<>();
        try (Bench bench = new Bench(options)) {
            for (Scenario scenario : options.scenarios()) {
                Table table = bench.run(scenario);
                System.out.println(table.markdown());
                tables.add(table);
            }
        }
        System.out.println(Table.summary(tables));
    }
}
