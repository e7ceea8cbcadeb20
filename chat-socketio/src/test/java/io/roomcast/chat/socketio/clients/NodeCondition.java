package io.roomcast.chat.socketio.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.socketio.guard.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks for Node and for the packages that the scripts import. */
final class NodeCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return whatIsMissing()
                .map(Programs::skipOrFail)
                .orElseGet(() -> ConditionEvaluationResult.enabled("Node and its packages are here"));
    }

    private static Optional<String> whatIsMissing() {
        if (!Programs.runs("node", "--version")) {
            return Optional.of("no node on the PATH");
        }
        return packages()
                .filter(name -> !Files.isDirectory(
                        NodeScript.DIRECTORY.resolve("node_modules").resolve(name)))
                .findFirst()
                .map(name -> "no package " + name + ": run 'npm ci' in " + NodeScript.DIRECTORY.toAbsolutePath());
    }

    private static Stream<String> packages() {
        try {
            JsonNode wanted = new ObjectMapper()
                    .readTree(NodeScript.DIRECTORY.resolve("package.json").toFile());
            return Stream.of("dependencies", "devDependencies")
                    .flatMap(kind -> wanted.path(kind).properties().stream())
                    .map(Map.Entry::getKey);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
