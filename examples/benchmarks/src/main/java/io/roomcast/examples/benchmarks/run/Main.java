package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The benchmarks' entry point: measures what the arguments choose, or everything, and prints Markdown. */
public final class Main {
    private Main() {}

    /** Runs; {@link Options} says what may be asked for. */
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
