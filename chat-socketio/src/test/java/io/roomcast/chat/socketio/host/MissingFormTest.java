package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new command or event without an entry in an index fails when a server is built, not when a client uses it. */
class MissingFormTest {
    private static final Path SOURCES = Path.of("../chat-core/src/main/java/io/roomcast/chat");

    /** The methods that a command inherits from no parent. */
    private static final String COMMAND = """
            @Override public java.util.Optional<RateKind> rate() { return java.util.Optional.empty(); }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "command, UserCommand, UserCommand<Void>, commands without a wire form: [Extra]",
        "event, UserActivity, UserActivity, events without a wire form: [Extra]"
    })
    void server_with_an_unknown_type_is_not_built(String kind, String sealed, String parent, String error)
            throws IOException {
        compile(kind, sealed, parent);
        List<Path> classPath = new ArrayList<>(List.of(folder));
        classPath.addAll(HostProcess.classPath());
        assertThat(HostProcess.onClassPath(classPath).output()).contains(error).doesNotContain("built", "answered");
    }

    /** Compiles a sealed interface that permits one more record. */
    private void compile(String kind, String sealed, String parent) throws IOException {
        String source = Files.readString(SOURCES.resolve(kind).resolve(sealed + ".java"));
        Path permitting =
                Files.writeString(folder.resolve(sealed + ".java"), source.replaceFirst("permits ", "permits Extra, "));
        Path extra = Files.writeString(
                folder.resolve("Extra.java"), """
                package io.roomcast.chat.%s;
                public record Extra() implements %s {%s}
                """.formatted(kind, parent, kind.equals("command") ? COMMAND : ""));
        String classPath = String.join(
                File.pathSeparator,
                HostProcess.classPath().stream().map(Path::toString).toList());
        HostProcess compiler = HostProcess.run(
                HostProcess.tool("javac"),
                List.of(
                        "-proc:none",
                        "-cp",
                        classPath,
                        "-d",
                        folder.toString(),
                        permitting.toString(),
                        extra.toString()));
        assertThat(compiler.exitCode()).as(compiler.output()).isZero();
    }
}
