package io.roomcast.chat.socketio.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs in separate JVMs. */
record HostProcess(int exitCode, String output) {
    private static final long SECONDS = 120;

    /** Runs {@link HostMain} on a class path. */
    static HostProcess onClassPath(List<Path> classPath, String... arguments) {
        String joined = String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
        // Newer versions of Java warn of Netty's native libraries otherwise.
        Stream<String> options = Runtime.version().feature() < 24
                ? Stream.of("-cp", joined)
                : Stream.of("--enable-native-access=ALL-UNNAMED", "-cp", joined);
        return run(Stream.concat(options, Stream.concat(Stream.of(HostMain.class.getName()), Stream.of(arguments)))
                .toList());
    }

    /** Runs the {@code java} command of these tests, and waits until it ends. */
    static HostProcess run(List<String> arguments) {
        return run(tool("java"), arguments);
    }

    /** Runs a tool of the JDK of these tests, and waits until it ends. */
    static HostProcess run(Path tool, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("host", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new HostProcess(process.waitFor(), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /** Returns the class path of these tests. */
    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
