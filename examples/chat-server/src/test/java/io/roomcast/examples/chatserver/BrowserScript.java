package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs tests of the page in a browser. They need Node, Chromium and {@code npm ci} in {@code src/test/js}. */
final class BrowserScript {
    private static final Path SCRIPTS = Path.of("src/test/js");

    /** For the longest script, which takes two minutes, on a busy machine. */
    private static final int MINUTES = 10;

    private BrowserScript() {}

    /** Skips the calling test if a tool is missing. Fails it instead in CI. */
    static void requireTools() {
        List<String> missing = missingTools();
        boolean required = "true".equals(System.getenv("CI"));
        assertThat(required ? missing : List.of()).as("missing tools").isEmpty();
        assumeTrue(missing.isEmpty(), () -> "missing: " + missing);
    }

    /** Runs a script. Fails with its output unless it succeeds. */
    static void run(String script, List<String> arguments) throws IOException, InterruptedException {
        Path output = Path.of("target", script + ".log");
        Process process = new ProcessBuilder(command(script, arguments))
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(() -> read(output))
                    .isTrue();
            assertThat(process.exitValue()).as(() -> read(output)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> command(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        return command;
    }

    private static List<String> missingTools() {
        String chromium = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(Path.of(chromium))) {
            missing.add("chromium at " + chromium);
        }
        if (programs("node").noneMatch(Files::isExecutable)) {
            missing.add("node");
        }
        if (!Stream.of("playwright-core", "axe-core", "svelte", "vue", "@uppy/core", "@uppy/tus", "http_ece")
                .allMatch(BrowserScript::isInstalled)) {
            missing.add("npm ci in " + SCRIPTS);
        }
        return missing;
    }

    private static boolean isInstalled(String name) {
        return Files.isDirectory(SCRIPTS.resolve("node_modules").resolve(name));
    }

    private static Stream<Path> programs(String name) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
