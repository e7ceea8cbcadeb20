package io.roomcast.examples.benchmarks.run;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Describes the machine and the versions in Markdown. */
final class Machine {
    private Machine() {}

    /** Returns a table with the machine, the versions and the durations. */
    static String markdown(RunOptions options) throws IOException {
        String pinning =
                options.serverCpu().isEmpty() ? "not pinned" : "on processor " + options.serverCpu() + " alone";
        return String.join(
                "\n",
                "| | |",
                "|---|---|",
                "| processors | %d for the machine, %s; each server %s |".formatted(processors(), model(), pinning),
                "| system | %s %s |".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
                "| JDK | %s (%s) |".formatted(Runtime.version(), System.getProperty("java.vm.name")),
                "| Node | %s |".formatted(node()),
                "| Netty | %s, %s |".formatted(netty(), transport()),
                "| time | %d s or more to warm up, %d s measured |"
                        .formatted(
                                options.timing().warmUp().toSeconds(),
                                options.timing().measure().toSeconds()),
                "");
    }

    private static long processors() throws IOException {
        return cpuinfo().stream().filter(line -> line.startsWith("processor")).count();
    }

    private static String model() throws IOException {
        return cpuinfo().stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> cpuinfo() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo"));
    }

    private static String node() throws IOException {
        Process process = new ProcessBuilder("node", "--version").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }

    private static String netty() {
        Version version = Version.identify().get("netty-transport");
        return version == null ? "unknown" : version.artifactVersion();
    }

    /** Returns the transport of the servers on Netty. */
    private static String transport() {
        try {
            Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
            boolean available =
                    Boolean.TRUE.equals(epoll.getMethod("isAvailable").invoke(null));
            return available ? "epoll where a server uses it" : "nio (epoll is not available)";
        } catch (ReflectiveOperationException absent) {
            return "nio (epoll is not on the class path)";
        }
    }
}
