package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clients that the README says are tested are those that the tests play. */
class ReadmeClientsTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void clients_have_the_versions_that_are_tested() throws IOException {
        String scripts = Files.readString(ROOT.resolve("chat-socketio/src/test/js/package.json"));
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        List<String> tested = Stream.concat(
                        found("npm:socket\\.io-client@([0-9.]+)", scripts),
                        found("<socket\\.io-client\\.version>([0-9.]+)<", pom))
                .toList();
        String table = Files.readString(ROOT.resolve("README.md"))
                .split("## Clients\n")[1]
                .split("\n## ")[0];
        assertThat(found("(?m)^\\| [^|]*socket\\.io-client[^|]*\\| ([0-9.]+) \\|", table))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
    }
}
