package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The README's samples of Java, counted from 0. */
enum Readme {
    QUICKSTART,
    MAIN,
    QUARKUS,
    DROPWIZARD;

    private static final Path MAIN_CODE = Path.of("src/main/java");
    private static final Path TEST_CODE = Path.of("src/test/java");

    private String text() throws IOException {
        return Files.readString(Path.of("../../README.md"))
                .split("```java\n")[ordinal() + 1]
                .split("```")[0];
    }

    void isIn(Class<?> program) throws IOException {
        assertThat(source(MAIN_CODE, program)).contains(withoutSpace(text()));
    }

    /** Where tests run, ports are free ones and the database is at {@code uri}. */
    void runsIn(Class<?> test) throws IOException {
        String run = text().replace("3001", "0").replace("\"mongodb://localhost:27017/chat\"", "uri");
        assertThat(source(TEST_CODE, test)).contains(withoutSpace(run));
    }

    private static String source(Path root, Class<?> type) throws IOException {
        return withoutSpace(Files.readString(root.resolve(type.getName().replace('.', '/') + ".java")));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
