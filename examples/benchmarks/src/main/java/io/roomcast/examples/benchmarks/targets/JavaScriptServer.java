package io.roomcast.examples.benchmarks.targets;

import io.roomcast.examples.benchmarks.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The original in JavaScript, on a runtime from its npm packages. */
final class JavaScriptServer {
    private static final Path FOLDER = Path.of(System.getProperty("benchmarks.js", "examples/benchmarks/src/main/js"));
    private static final Path MODULES = FOLDER.resolve("node_modules");
    private static final Pattern VERSION = Pattern.compile("\"version\": *\"([^\"]+)\"");
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    private JavaScriptServer() {}

    /** Returns the program of a version of Node. */
    static Path node(int version) {
        return MODULES.resolve("node-" + version + (ARM ? "-arm64" : "-x64")).resolve("bin/node");
    }

    /** Returns the program of Bun. */
    static Path bun() {
        return MODULES.resolve(ARM ? "@oven/bun-linux-aarch64" : "@oven/bun-linux-x64")
                .resolve("bin/bun");
    }

    /** Returns the installed version of a package. */
    static String version(String name) {
        try {
            Matcher version =
                    VERSION.matcher(Files.readString(MODULES.resolve(name).resolve("package.json")));
            return version.find() ? version.group(1) : "(unknown)";
        } catch (IOException missing) {
            return "(not installed)";
        }
    }

    static Launch onNode(int version, List<String> arguments) {
        return launch(List.of(node(version).toString(), "--expose-gc"), "node.js", arguments);
    }

    static Launch onBun(List<String> arguments) {
        return launch(List.of(bun().toString()), "bun.js", arguments);
    }

    /** Returns the way to start clients that survive the end of a server. */
    static Launch outageClients(List<String> urls) {
        return launch(List.of(node(24).toString()), "outage-client.js", List.of(String.join(",", urls)));
    }

    private static Launch launch(List<String> runtime, String script, List<String> arguments) {
        List<String> command = new ArrayList<>(runtime);
        command.add(FOLDER.resolve(script).toString());
        command.addAll(arguments);
        return Launch.ofConsole(command);
    }
}
