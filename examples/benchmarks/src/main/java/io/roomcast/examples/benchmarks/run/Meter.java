package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ProcessorTimes;
import io.roomcast.examples.benchmarks.process.ServerProcess;

/**
 * Reads what the server, the load generator and others have used.
 *
 * @param server the server
 * @param processor the processor to which the server is pinned; empty if it is not
 */
record Meter(ServerProcess server, String processor) {
    /** What was used until now. */
    private record Reading(long nanos, double server, double compiling, double generator, ProcessorTimes processor) {}

    /** Measures from now on. */
    Measurement begin() {
        return new Measurement(this, read());
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(),
                server.gauge().cpuSeconds(),
                server.gauge().compilerSeconds(),
                new ProcessGauge(ProcessHandle.current().pid()).cpuSeconds(),
                ProcessorTimes.read(processor));
    }

    /** A measurement that has begun. */
    record Measurement(Meter meter, Reading before) {
        /** Returns what was used since the beginning. */
        Usage end() {
            Reading after = meter.read();
            ProcessorTimes times = after.processor.since(before.processor);
            double serverSeconds = after.server - before.server;
            return new Usage(
                    (after.nanos - before.nanos) / 1e9,
                    serverSeconds,
                    after.compiling - before.compiling,
                    after.generator - before.generator,
                    meter.processor.isEmpty() ? 0 : Math.max(0, times.busy() - serverSeconds),
                    times.stolen());
        }
    }
}
