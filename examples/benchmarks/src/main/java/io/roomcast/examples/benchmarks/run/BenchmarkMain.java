package io.roomcast.examples.benchmarks.run;

import java.io.IOException;

/** Runs the benchmarks that the arguments choose, by default all, and prints Markdown. Logs to standard error. */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    /** Runs the benchmarks; see {@link RunOptions} for the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunOptions options = RunOptions.parse(arguments);
        Results results = new Results(options.scenarios());
        Runtime.getRuntime().addShutdownHook(new Thread(BenchmarkMain::endServers, "end-servers"));
        try (BenchmarkRunner runner = new BenchmarkRunner(options, results)) {
            runner.run();
        }
        System.out.println(Machine.markdown(options));
        System.out.print(results.report().markdown());
    }

    /** Ends the servers of a run that is interrupted. */
    private static void endServers() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }
}
