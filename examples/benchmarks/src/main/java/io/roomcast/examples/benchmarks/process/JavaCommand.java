package io.roomcast.examples.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/** Builds commands that start a JVM of the same version and class path as this one. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Returns the way to start a program of this class path. */
    public static Launch of(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return Launch.ofConsole(command);
    }
}
