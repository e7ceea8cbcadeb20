package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.process.FreePort;
import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The {@code redis-server} on the path, on a free port. It keeps nothing on a disk. For one thread. */
final class Redis implements AutoCloseable {
    /** Redis prints this when it has bound its port. */
    private static final Pattern READY = Pattern.compile("mode=standalone, port=(\\d+)");

    private final Launch launch;
    private final Path log;
    private ServerProcess process;

    private Redis(Launch launch, Path log) throws IOException {
        this.launch = launch;
        this.log = log;
        this.process = ServerProcess.start(launch, log);
    }

    /** Starts Redis. */
    static Redis start(Path folder) throws IOException {
        List<String> command = List.of(
                "redis-server", "--port", FreePort.find(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        return new Redis(new Launch(command, Map.of(), READY, false), folder.resolve("redis.log"));
    }

    String uri() {
        return "redis://127.0.0.1:" + process.address().getPort();
    }

    ProcessGauge gauge() {
        return process.gauge();
    }

    /** Ends the process with SIGKILL. */
    void kill() {
        process.kill();
    }

    /** Starts Redis again on the same port, without data. */
    void restart() throws IOException {
        process = ServerProcess.start(launch, log);
    }

    @Override
    public void close() {
        process.kill();
    }
}
