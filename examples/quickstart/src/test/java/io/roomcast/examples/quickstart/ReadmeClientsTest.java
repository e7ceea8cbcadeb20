package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the documented client versions with those that the tests run. */
class ReadmeClientsTest {
    @Test
    void clients_have_the_versions_that_are_tested() throws IOException {
        String scripts = MarkdownFiles.read("chat-socketio/src/test/js/package.json");
        String pom = MarkdownFiles.read("pom.xml");
        List<String> tested = Stream.concat(
                        found("npm:socket\\.io-client@([0-9.]+)", scripts),
                        found("<socket\\.io-client\\.version>([0-9.]+)<", pom))
                .toList();
        String table = MarkdownFiles.section("chat-socketio/README.md", "Clients");
        assertThat(found("(?m)^\\| [^|]*socket\\.io-client[^|]*\\| ([0-9.]+) \\|", table))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1));
    }
}
