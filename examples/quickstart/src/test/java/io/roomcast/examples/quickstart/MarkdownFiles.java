package io.roomcast.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the repository's Markdown documents, named by their paths from its root. */
final class MarkdownFiles {
    static final Path ROOT = Path.of("../..");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final List<String> FOLDERS =
            List.of("", ".github", "chat-core", "chat-mongo", "chat-socketio", "examples", "examples/benchmarks");

    private MarkdownFiles() {}

    /** Returns the names of all documents. */
    static List<String> all() throws IOException {
        Stream.Builder<String> names = Stream.builder();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.map(file -> ROOT.relativize(file).toString())
                        .filter(name -> name.endsWith(".md"))
                        .forEach(names);
            }
        }
        return names.build().sorted().toList();
    }

    static String read(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    /** Returns the document without its fenced blocks. */
    static String prose(String name) throws IOException {
        return read(name).replaceAll("(?ms)^```.*?^```$", "");
    }

    /** Returns the text between a heading of the second level and the next one. */
    static String section(String name, String heading) throws IOException {
        return read(name).split("\n## " + Pattern.quote(heading) + "\n")[1].split("\n## ")[0];
    }

    /** Returns the anchors that GitHub gives to the headings of a document. */
    static List<String> anchors(String name) throws IOException {
        return found(HEADING, prose(name)).map(MarkdownFiles::anchor).toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 _-]", "")
                .replace(' ', '-');
    }

    static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
