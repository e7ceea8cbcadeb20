package io.roomcast.examples.benchmarks.targets;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the versions of what the servers run on. */
public final class Versions {
    private Versions() {}

    /** Returns the versions of the runtimes of the original; those that are not installed are unknown. */
    public static String javaScript() {
        return "Node %s and %s, Bun %s"
                .formatted(
                        of(JavaScriptServer.node(24)).replaceFirst("^v", ""),
                        of(JavaScriptServer.node(20)).replaceFirst("^v", ""),
                        of(JavaScriptServer.bun()));
    }

    /** Returns the versions of the peers in a cluster, and of Redis. */
    public static String cluster() {
        return "Node %s, socket.io %s, adapters %s and %s; Redis %s"
                .formatted(
                        of(JavaScriptServer.node(24)).replaceFirst("^v", ""),
                        JavaScriptServer.version("socket.io"),
                        JavaScriptServer.version("@socket.io/redis-adapter"),
                        JavaScriptServer.version("@socket.io/redis-streams-adapter"),
                        output("redis-server").replaceFirst("(?s).*v=([0-9.]+).*", "$1"));
    }

    private static String of(Path program) {
        if (!Files.isExecutable(program)) {
            return "(not installed)";
        }
        return output(program.toString());
    }

    private static String output(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version").start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException failure) {
            return "(unknown)";
        }
    }

    /** Returns the version of Netty. */
    public static String netty() {
        Version version = Version.identify().get("netty-transport");
        return version == null ? "unknown" : version.artifactVersion();
    }
}
