package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of the runnable jar, with a separate environment and captured output. */
final class ChatServerProcess implements AutoCloseable {
    static final Path JAR = Path.of(System.getProperty("chat-server.jar", "target/chat-server.jar"));

    private static final Pattern READY = Pattern.compile("Roomcast is ready: (http://\\S+?)/ .*");

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private ChatServerProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts the jar in the folder, with only the given environment variables. */
    static ChatServerProcess launch(Path folder, Map<String, String> variables, String... arguments)
            throws IOException {
        return run(
                folder,
                variables,
                Stream.of(command(), List.of(arguments)).flatMap(List::stream).toArray(String[]::new));
    }

    /** Runs a command in the folder, with only the given environment variables. */
    static ChatServerProcess run(Path folder, Map<String, String> variables, String... command) throws IOException {
        Path stdout = Files.createTempFile(folder, "stdout", ".txt");
        Path stderr = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new ChatServerProcess(builder.start(), stdout, stderr);
    }

    static List<String> command() {
        return java("-jar", JAR.toAbsolutePath().toString());
    }

    /** Returns a command for a short-lived JVM. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Waits for the ready line and returns its URL, without the slash at the end. */
    String url() {
        return await("the ready line")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        "it ended",
                        () -> assertThat(process.isAlive()).as(this::stderr).isTrue())
                .until(() -> READY.matcher(stdout()), Matcher::find)
                .group(1);
    }

    String stdout() {
        return read(stdout);
    }

    String stderr() {
        return read(stderr);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    ChatServerProcess terminate() {
        process.destroy();
        return this;
    }

    /** SIGKILL. */
    ChatServerProcess kill() {
        process.destroyForcibly();
        return this;
    }

    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + within + ": " + stderr());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
