package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks links, lists of contents, lengths and names of all Markdown documents. */
class DocumentsTest {
    private static final int README_LINES = 150;
    private static final int MODULE_LINES = 300;
    private static final String DECISIONS = ".github/DECISIONS.md";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("([A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)(?:[.(#].*)?");

    /** Names in the documents that are not types of this repository. */
    private static final List<String> FOREIGN =
            List.of("ChatProvider", "HealthIndicator", "LimitNOFILE", "MongoClient", "StrictMode", "WithoutAck");

    static List<String> documents() throws IOException {
        return MarkdownFiles.all();
    }

    static List<String> withContents() throws IOException {
        return MarkdownFiles.all().stream()
                .filter(name -> name.contains("/") && (!name.startsWith(".") || name.equals(DECISIONS)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_lead_somewhere(String document) throws IOException {
        for (String link : MarkdownFiles.found(LINK, MarkdownFiles.prose(document))
                .map(match -> match.group(1))
                .toList()) {
            if (!link.startsWith("http")) {
                assertLeadsSomewhere(document, link);
            }
        }
    }

    private static void assertLeadsSomewhere(String document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path folder = MarkdownFiles.ROOT.resolve(document).getParent();
        Path target = parts[0].isEmpty() ? MarkdownFiles.ROOT.resolve(document) : folder.resolve(parts[0]);
        assertThat(target).as("%s: %s", document, link).exists();
        if (parts.length == 2) {
            assertThat(MarkdownFiles.anchors(
                            MarkdownFiles.ROOT.relativize(target).normalize().toString()))
                    .as("%s: %s", document, link)
                    .contains(parts[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("withContents")
    void contents_list_every_section_in_order(String document) throws IOException {
        String prose = MarkdownFiles.prose(document);
        String contents = prose.substring(0, prose.indexOf("\n## "));
        assertThat(MarkdownFiles.found(SECTION, prose).map(match -> contents.lastIndexOf("[" + match.group(1) + "](#")))
                .as("where the contents name each section")
                .isNotEmpty()
                .doesNotContain(-1)
                .isSorted();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void document_is_no_longer_than_a_reader_bears(String document) throws IOException {
        if (!document.equals(DECISIONS)) {
            assertThat(MarkdownFiles.read(document).lines().count())
                    .as("lines of %s", document)
                    .isLessThanOrEqualTo(document.equals("README.md") ? README_LINES : MODULE_LINES);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void types_exist(String document) throws IOException {
        List<String> known = types();
        assertThat(MarkdownFiles.found(CODE, MarkdownFiles.prose(document))
                        .map(match -> TYPE.matcher(match.group(1)))
                        .filter(name -> name.matches())
                        .map(name -> name.group(1))
                        .filter(name -> !FOREIGN.contains(name) && !known.contains(name)))
                .as("unknown types that %s names", document)
                .isEmpty();
    }

    private static List<String> types() throws IOException {
        Stream.Builder<String> names = Stream.builder();
        for (Path module : modulesOfCode()) {
            try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(names);
            }
        }
        return names.build().toList();
    }

    private static List<Path> modulesOfCode() throws IOException {
        try (Stream<Path> examples = Files.list(MarkdownFiles.ROOT.resolve("examples"))) {
            return Stream.concat(
                            Stream.of("chat-core", "chat-mongo", "chat-socketio")
                                    .map(MarkdownFiles.ROOT::resolve),
                            examples)
                    .filter(module -> Files.isDirectory(module.resolve("src")))
                    .toList();
        }
    }
}
