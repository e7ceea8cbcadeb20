package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ProcessorTimes;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads what the server, the load generator and others have used.
 *
 * @param server the server
 * @param helpers the load generator, and the database if there is one
 * @param processors the processors to which all of them are pinned; empty if they are not
 */
public record Meter(ServerProcess server, List<ProcessGauge> helpers, List<String> processors) {
    /** What was used until now, in seconds of processor time. */
    private record Reading(
            long nanos,
            double server,
            double compiling,
            double helpers,
            double others,
            List<ProcessorTimes> processors) {}

    /** Measures from now on. */
    Measurement begin() {
        return new Measurement(this, read());
    }

    private Reading read() {
        List<ProcessGauge> own =
                Stream.concat(Stream.of(server.gauge()), helpers.stream()).toList();
        return new Reading(
                System.nanoTime(),
                server.gauge().cpuSeconds(),
                server.gauge().compilerSeconds(),
                helpers.stream().mapToDouble(ProcessGauge::cpuSeconds).sum(),
                ProcessGauge.cpuSecondsBeside(own),
                processors.stream().map(ProcessorTimes::read).toList());
    }

    /** A measurement that has begun. */
    record Measurement(Meter meter, Reading before) {
        /** Returns what was used since the beginning. */
        Usage end() {
            Reading after = meter.read();
            ProcessorTimes times = ProcessorTimes.sum(after.processors).since(ProcessorTimes.sum(before.processors));
            double server = after.server - before.server;
            double helpers = after.helpers - before.helpers;
            // Processors sample their times. Others use them only if other processes have used anything.
            double others = Math.min(times.busy() - server - helpers, after.others - before.others);
            return new Usage(
                    (after.nanos - before.nanos) / 1e9,
                    server,
                    after.compiling - before.compiling,
                    helpers,
                    Math.max(0, others),
                    times.stolen());
        }
    }
}
