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

    private static String of(Path program) {
        if (!Files.isExecutable(program)) {
            return "(not installed)";
        }
        try {
            Process process = new ProcessBuilder(program.toString(), "--version").start();
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
