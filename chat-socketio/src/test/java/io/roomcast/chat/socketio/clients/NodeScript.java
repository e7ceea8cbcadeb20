package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs Node scripts of this module. */
final class NodeScript {
    static final Path DIRECTORY = Path.of(System.getProperty("basedir", "."), "src", "test", "js");

    private static final long DEADLINE_SECONDS = 180;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;
    private final Path output;
    private final Path errors;

    private NodeScript(List<String> command) throws IOException {
        this.command = command;
        this.output = Files.createTempFile("script", ".out");
        this.errors = Files.createTempFile("script", ".err");
    }

    /**
     * Runs a script and returns the lines that it prints. Fails with its errors unless it succeeds within the timeout.
     */
    static List<JsonNode> run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        NodeScript run = new NodeScript(command);
        try {
            return run.lines();
        } finally {
            Files.delete(run.output);
            Files.delete(run.errors);
        }
    }

    private List<JsonNode> lines() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as(() -> report("did not end"))
                    .isTrue();
            assertThat(process.exitValue()).as(() -> report("failed")).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return parse(Files.readAllLines(output));
    }

    private String report(String outcome) {
        return "%s %s%n%s%nafter it had printed%n%s"
                .formatted(String.join(" ", command), outcome, read(errors), read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static List<JsonNode> parse(List<String> lines) throws IOException {
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines) {
            parsed.add(JSON.readTree(line));
        }
        return parsed;
    }
}
