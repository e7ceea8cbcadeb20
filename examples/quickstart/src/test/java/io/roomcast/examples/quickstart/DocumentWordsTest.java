package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the documents, and the sources of all examples. */
class DocumentWordsTest {
    @Test
    void documents_use_plain_words() throws IOException {
        Path[] documents =
                MarkdownFiles.all().stream().map(MarkdownFiles.ROOT::resolve).toArray(Path[]::new);
        assertThat(PlainWords.foundIn(documents)).isEmpty();
    }

    @Test
    void examples_use_plain_words() throws IOException {
        try (Stream<Path> examples = Files.list(MarkdownFiles.ROOT.resolve("examples"))) {
            Path[] sources = examples.map(example -> example.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toArray(Path[]::new);
            assertThat(PlainWords.foundIn(sources)).isEmpty();
        }
    }
}
