package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The nodes of one chat, each a process. For one thread. */
final class Nodes implements AutoCloseable {
    private final List<ServerProcess> processes = new ArrayList<>();

    /** Starts all nodes of a chat, one after another. */
    static Nodes start(
            ClusterTarget target, ClusterOptions options, String databaseUri, String redisUri, boolean recovers)
            throws IOException {
        Nodes nodes = new Nodes();
        try {
            for (int number = 1; number <= target.nodes(); number++) {
                Launch launch = target.launch(number, options.jvmOptions(), databaseUri, redisUri, recovers);
                nodes.processes.add(ServerProcess.start(
                        launch.on(options.pinning().server()),
                        options.folder().resolve(target.id() + number + ".log")));
            }
            return nodes;
        } catch (IOException failure) {
            nodes.close();
            throw failure;
        }
    }

    List<InetSocketAddress> addresses() {
        return processes.stream().map(ServerProcess::address).toList();
    }

    List<String> urls() {
        return addresses().stream()
                .map(address -> "http://127.0.0.1:" + address.getPort())
                .toList();
    }

    List<ProcessGauge> gauges() {
        return processes.stream().map(ServerProcess::gauge).toList();
    }

    /** Returns the processor time of all nodes in seconds. */
    double cpuSeconds() {
        return gauges().stream().mapToDouble(ProcessGauge::cpuSeconds).sum();
    }

    /** Ends the last node with SIGKILL. */
    void killLast() {
        processes.remove(processes.size() - 1).kill();
    }

    /** Ends all nodes with SIGKILL, as none has anything to save. */
    @Override
    public void close() {
        processes.forEach(ServerProcess::kill);
    }
}
