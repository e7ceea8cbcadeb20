package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainWordsTest {
    @TempDir
    private Path folder;

    @Test
    void comments_and_strings_are_searched_and_names_are_not() throws IOException {
        Files.writeString(folder.resolve("A.java"), """
                /** Tells the room. */
                class A { // nobody
                    char quote = '"';
                    String told = "told";
                }
                """);
        assertThat(PlainWords.foundIn(folder))
                .extracting(line -> line.substring(line.indexOf(':')))
                .containsExactly(
                        ":1: Tells (write: send, notify, report, state)",
                        ":2: nobody (write: no user, null, none)",
                        ":4: told (write: send, notify, report, state)");
    }

    @Test
    void documents_are_searched() throws IOException {
        Files.writeString(folder.resolve("a.md"), "plain\nAt the\nmost, at the most\n");
        assertThat(PlainWords.foundIn(folder))
                .containsExactly(folder.resolve("a.md") + ":3: at the most (write: at most)");
    }
}
