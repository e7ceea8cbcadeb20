package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the variables that {@code --help} lists with the tables of the documents. */
class DocumentedVariablesTest {
    private static final Pattern HELP = Pattern.compile("(?m)^([A-Z_]+): ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|.*\\|.*\\|");

    @Test
    void tables_have_all_variables_and_no_others() throws IOException {
        assertThat(names(HELP, Arguments.help()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of("../README.md", "../../chat-socketio/CONFIGURATION.md", "../../chat-socketio/PUSH.md")
                                .flatMap(document -> names(ROW, read(document)).stream())
                                .distinct()
                                .toList());
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String read(String document) {
        try {
            return Files.readString(Path.of(document));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
