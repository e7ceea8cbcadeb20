package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documents' samples of Java, each by its position in its document. */
enum Sample {
    QUICKSTART("README.md", 0),
    PRODUCTION("README.md", 1),
    QUARKUS("examples/README.md", 0),
    DROPWIZARD("examples/README.md", 1),
    SERVER_TEST("examples/README.md", 2),
    PORT_TEST("examples/README.md", 3),
    STORES("chat-mongo/README.md", 0),
    OWN_EVENTS("chat-socketio/EMBEDDING.md", 0),
    SERVICE("chat-socketio/EMBEDDING.md", 1),
    USERS("chat-socketio/EMBEDDING.md", 2),
    MESSAGES("chat-socketio/EMBEDDING.md", 3),
    FOLLOWER("chat-socketio/EMBEDDING.md", 4),
    WEBHOOK("chat-socketio/EMBEDDING.md", 5);

    private static final Path MAIN_CODE = Path.of("src/main/java");
    private static final Path TEST_CODE = Path.of("src/test/java");

    private final String document;
    private final int position;

    Sample(String document, int position) {
        this.document = document;
        this.position = position;
    }

    private String text() throws IOException {
        return MarkdownFiles.read(document).split("```java\n")[position + 1].split("```")[0];
    }

    void isIn(Class<?> program) throws IOException {
        assertThat(source(MAIN_CODE, program)).contains(withoutSpace(text()));
    }

    /** Tests use free ports, and the database at {@code uri}. */
    void runsIn(Class<?> test) throws IOException {
        String run = text().replace("3001", "0").replaceAll("\"mongodb://.*\"", "uri");
        assertThat(source(TEST_CODE, test)).contains(withoutSpace(run));
    }

    private static String source(Path root, Class<?> type) throws IOException {
        return withoutSpace(Files.readString(root.resolve(type.getName().replace('.', '/') + ".java")));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
