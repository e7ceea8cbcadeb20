package io.roomcast.examples.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerProcessTest {
    private static final Pattern READY = Pattern.compile("ready: http://localhost:(\\d+)/");

    @TempDir
    Path folder;

    private ServerProcess start(String script) throws IOException {
        Launch launch = new Launch(List.of("sh", "-c", script), Map.of("CHAT_STORE", "memory"), READY, false);
        return ServerProcess.start(launch, folder.resolve("log"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo ready: http://localhost:4711/ \\(memory\\); exec sleep 60",
                // A shell that stays, and waits for the server.
                "echo first; sh -c 'echo ready: http://localhost:4711/; exec sleep 60'; exit 1",
            })
    void server_isReady_onceItPrintsItsPort(String script) throws Exception {
        try (ServerProcess server = start(script)) {
            assertThat(server.address().getPort()).isEqualTo(4711);
            assertThat(server.startUp().cpuSeconds()).isNotNegative();
            assertThat(server.startUp().residentKib()).isPositive();
        }
    }

    @Test
    void program_answers_untilItIsKilled() throws Exception {
        String script = "echo ready: http://localhost:1/; while read line; do echo got $line; done";
        Launch launch = new Launch(List.of("sh", "-c", script), Map.of(), READY, true);
        try (ServerProcess program = ServerProcess.start(launch, folder.resolve("log"))) {
            assertThat(program.ask("one", Pattern.compile("got (\\w+)")).group(1))
                    .isEqualTo("one");
            program.kill();
            assertThatIOException().isThrownBy(() -> program.ask("two", Pattern.compile("got")));
        }
    }

    @Test
    void server_thatEnds_hasNotStarted() {
        assertThatIOException().isThrownBy(() -> start("exit 3")).withMessageContaining("CHAT_STORE=memory sh -c");
    }
}
