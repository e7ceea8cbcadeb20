package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code chat-server.sh} as a process, with its own copies of the jar and of the class data. */
@EnabledOnOs(OS.LINUX)
class StartScriptIT {
    private static final Path SCRIPT = Path.of("chat-server.sh");
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration TRAINING = Duration.ofMinutes(2);
    private static final String MAKING = "INFO Training: making class data";
    private static final int HEADER_BYTES = 8_192;

    @TempDir
    static Path installed;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeClassData() throws Exception {
        Files.copy(ChatServerProcess.JAR, installed.resolve("chat-server.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(SCRIPT, installed.resolve("chat-server.sh"), StandardCopyOption.COPY_ATTRIBUTES);
        try (ChatServerProcess training = ChatServerProcess.run(installed, environment(), script(), "--train")) {
            assertThat(training.exitCode(TRAINING)).as(training::stderr).isZero();
            assertThat(training.stderr()).contains(MAKING);
        }
    }

    private static String script() {
        return installed.resolve("chat-server.sh").toString();
    }

    private ChatServerProcess start(Map<String, String> more) throws IOException {
        return start(script(), more);
    }

    private ChatServerProcess start(String script, Map<String, String> more) throws IOException {
        Map<String, String> variables = new HashMap<>(environment());
        variables.put("SOCKET_PORT", "0");
        variables.putAll(more);
        return ChatServerProcess.run(folder, variables, script);
    }

    private static Map<String, String> environment() {
        return Map.of("CHAT_STORE", "memory", "JAVA_HOME", JAVA_HOME.toString(), "PATH", System.getenv("PATH"));
    }

    /** Returns the log up to the ready line, after which nothing is logged. */
    private static String log(ChatServerProcess server) {
        await("the ready line").atMost(TRAINING).until(() -> server.stdout().contains("Roomcast is ready"));
        return server.stderr();
    }

    private static List<Path> classData(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*/chat-server-.*"))
                    .toList();
        }
    }

    @Test
    void class_data_is_used_and_stated_in_one_line() throws Exception {
        try (ChatServerProcess server = start(Map.of())) {
            Path archive = classData(installed).get(0);
            assertThat(log(server).lines().filter(line -> line.contains("class data")))
                    .singleElement()
                    .asString()
                    .matches(".* INFO Main: class data: archive of \\d+ MB, " + archive);
        }
    }

    @Test
    void first_start_and_start_with_a_changed_jar_make_class_data() throws Exception {
        Path jar = copyOf(installed.resolve("chat-server.jar"));
        String script = copyOf(installed.resolve("chat-server.sh")).toString();
        Files.createFile(folder.resolve("chat-server-memory-1.jsa"));
        try (ChatServerProcess server = start(script, Map.of())) {
            assertThat(log(server)).containsOnlyOnce(MAKING).contains("class data: archive of");
        }
        Path first = classData(folder).get(0);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        try (ChatServerProcess server = start(script, Map.of())) {
            assertThat(log(server)).containsOnlyOnce(MAKING).contains("class data: archive of");
        }
        assertThat(classData(folder)).hasSize(1).doesNotContain(first);
    }

    private Path copyOf(Path file) throws IOException {
        return Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void embedded_store_has_class_data_of_its_own() throws Exception {
        Path inMemory = copyOf(classData(installed).get(0));
        Map<String, String> variables = Map.of("CHAT_STORE", "embedded", "CHAT_CLASS_DATA", folder.toString());
        try (ChatServerProcess server = start(variables)) {
            assertThat(log(server)).contains(MAKING, "class data: archive of").doesNotContain(inMemory.toString());
        }
        assertThat(classData(folder)).hasSize(2).contains(inMemory);
    }

    @Test
    void another_jdk_gets_class_data_of_its_own() throws Exception {
        Path archive = copyOf(classData(installed).get(0));
        Map<String, String> variables =
                Map.of("JAVA_HOME", otherJdk().toString(), "CHAT_CLASS_DATA", folder.toString());
        try (ChatServerProcess server = start(variables)) {
            assertThat(log(server)).contains(MAKING, "class data: archive of").doesNotContain(archive.toString());
        }
    }

    /** Creates a folder like another JDK, which runs the one of these tests. */
    private Path otherJdk() throws IOException {
        Path home = folder.resolve("jdk");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec '" + JAVA_HOME + "/bin/java' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(home.resolve("lib"), JAVA_HOME.resolve("lib"));
        Files.copy(JAVA_HOME.resolve("release"), home.resolve("release"));
        return home;
    }

    @Test
    void class_data_that_the_jvm_does_not_accept_is_not_in_the_way() throws Exception {
        Path archive = copyOf(classData(installed).get(0));
        Files.write(archive, new byte[HEADER_BYTES], StandardOpenOption.WRITE);
        try (ChatServerProcess server = start(Map.of("CHAT_CLASS_DATA", folder.toString()))) {
            assertThat(log(server)).contains("class data: none, because this JVM does not accept " + archive);
            assertThat(server.stdout()).startsWith("Roomcast is ready");
        }
    }

    @Test
    void class_data_that_could_not_be_made_is_not_tried_again() throws Exception {
        Path archive = folder.resolve(classData(installed).get(0).getFileName());
        Files.createFile(archive);
        try (ChatServerProcess server = start(Map.of("CHAT_CLASS_DATA", folder.toString()))) {
            assertThat(log(server))
                    .contains("class data: none, because this JVM could not make it; delete " + archive)
                    .doesNotContain(MAKING);
        }
    }

    @ParameterizedTest
    @CsvSource({"/proc, -Xmx100m, /proc cannot be written", "off, -XX:+UseParallelGC -Xmx100m, CHAT_CLASS_DATA is off"})
    void server_starts_without_class_data_and_logs_why(String folder, String options, String reason) throws Exception {
        try (ChatServerProcess server = start(Map.of("CHAT_CLASS_DATA", folder, "JAVA_OPTS", options))) {
            assertThat(log(server))
                    .contains("class data: none, because " + reason)
                    .doesNotContain(MAKING, "WARN");
        }
    }

    @Test
    void arguments_reach_the_server() throws Exception {
        try (ChatServerProcess help = ChatServerProcess.run(folder, environment(), script(), "--help")) {
            assertThat(help.exitCode(TRAINING)).isZero();
            assertThat(help.stdout()).contains("CHAT_CLASS_DATA: ");
        }
    }
}
