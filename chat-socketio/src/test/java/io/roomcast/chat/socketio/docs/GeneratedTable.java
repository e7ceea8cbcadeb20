package io.roomcast.chat.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a document that is generated from the code, between two comments.
 *
 * <p>It may stand in any of the documents, and in one only. Run the test with {@code -Ddocuments.write} to write the
 * current table.
 *
 * @param name the name in the comments
 * @param lines the lines of the table
 */
public record GeneratedTable(String name, List<String> lines) {
    private static final List<Path> DOCUMENTS = Stream.of(
                    "../README.md",
                    "README.md",
                    "CONFIGURATION.md",
                    "../chat-core/README.md",
                    "../chat-mongo/README.md",
                    "../examples/README.md")
            .map(Path::of)
            .filter(Files::exists)
            .toList();

    /** Starts a table with the names of its columns. */
    public static GeneratedTable of(String name, String... columns) {
        List<String> lines = new ArrayList<>();
        lines.add(row(columns));
        lines.add("|" + "---|".repeat(columns.length));
        return new GeneratedTable(name, lines);
    }

    /** Adds a row. */
    public GeneratedTable with(String... cells) {
        lines.add(row(cells));
        return this;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Returns a name as code; an empty name stays empty. */
    public static String code(String name) {
        return name.isEmpty() ? "" : "`" + name + "`";
    }

    /** Checks that the document has this table, or writes it. */
    public void isInTheDocument() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            if (Files.readString(document).contains(begin())) {
                found.add(document);
            }
        }
        assertThat(found).as("documents with the table %s", name).hasSize(1);
        String text = Files.readString(found.get(0));
        String current = begin() + "\n" + String.join("\n", lines) + "\n" + end();
        String written = text.substring(text.indexOf(begin()), text.indexOf(end()) + end().length());
        if (System.getProperty("documents.write") != null) {
            Files.writeString(found.get(0), text.replace(written, current));
        } else {
            assertThat(written).isEqualTo(current);
        }
    }

    private String begin() {
        return "<!-- generated: " + name + " -->";
    }

    private String end() {
        return "<!-- end: " + name + " -->";
    }
}
