package io.roomcast.examples.benchmarks.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way to start a server. Immutable.
 *
 * @param command the command
 * @param environment the variables to set; those of the bundled server are otherwise unset
 * @param ready matches the line that the server prints when it is ready; the first group is its port
 * @param console whether the server reads commands from its standard input, and ends with it
 */
public record Launch(List<String> command, Map<String, String> environment, Pattern ready, boolean console) {
    private static final Pattern READY = Pattern.compile("ready (\\d+)");

    /** Returns the way to start a program of the benchmarks. */
    public static Launch ofConsole(List<String> command) {
        return new Launch(command, Map.of(), READY, true);
    }

    /** Returns this with the server pinned to a processor; unchanged if the processor is empty. */
    public Launch on(String processor) {
        return processor.isEmpty()
                ? this
                : new Launch(
                        Stream.concat(Stream.of("taskset", "-c", processor), command.stream())
                                .toList(),
                        environment,
                        ready,
                        console);
    }

    /** Returns the command as a line for a shell. */
    @Override
    public String toString() {
        return Stream.concat(
                        environment.entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue()),
                        command.stream())
                .map(Launch::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String part) {
        return part.matches("[\\w@%+=:,./-]+") ? part : "'" + part.replace("'", "'\\''") + "'";
    }
}
