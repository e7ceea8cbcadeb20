package io.roomcast.examples.benchmarks.scenario;

import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ProcessorClock;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
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
    /** Measures from now on. */
    Measurement begin() {
        List<ProcessGauge> own =
                Stream.concat(Stream.of(server.gauge()), helpers.stream()).toList();
        return new Measurement(
                server.gauge(), server.gauge().compilerSeconds(), new ProcessorClock(own, processors).begin());
    }

    /** A measurement that has begun. */
    record Measurement(ProcessGauge server, double compilingBefore, ProcessorClock.Measurement processors) {
        /** Returns what was used since the beginning. */
        Usage end() {
            ProcessorUse use = processors.end();
            return new Usage(
                    use.seconds(),
                    use.own().get(0),
                    server.compilerSeconds() - compilingBefore,
                    use.sum(1, use.own().size()),
                    use.others(),
                    use.stolen());
        }
    }
}
