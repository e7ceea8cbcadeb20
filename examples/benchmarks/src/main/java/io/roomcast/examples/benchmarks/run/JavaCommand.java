package io.roomcast.examples.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/** Builds commands that start a JVM of the same version and class path as this one. */
public final class JavaCommand {
    private JavaCommand() {}

    /** Returns the command that runs a program of this class path. */
    public static List<String> of(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns the command pinned to a processor; unchanged if the processor is empty. */
    public static List<String> on(String processor, List<String> command) {
        List<String> pinned = new ArrayList<>();
        if (!processor.isEmpty()) {
            pinned.addAll(List.of("taskset", "-c", processor));
        }
        pinned.addAll(command);
        return pinned;
    }
}
