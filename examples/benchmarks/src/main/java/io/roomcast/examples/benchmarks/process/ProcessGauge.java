package io.roomcast.examples.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the processor time and memory of a process from {@code /proc}. */
public final class ProcessGauge {
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");

    /** The unit of times in {@code /proc}. */
    static final double TICKS_PER_SECOND = 100;

    /** The fields of {@code stat} with the times of a process, in user and system mode, after those of its name. */
    private static final int[] OWN = {11, 12};

    /** Those fields, and the times of children that it has waited for. */
    private static final int[] WITH_CHILDREN = {11, 12, 13, 14};

    private final long pid;
    private final Path folder;

    /** Creates a gauge for a process of this machine. */
    public ProcessGauge(long pid) {
        this.pid = pid;
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /** Returns the processor time of all threads in seconds, in user and system mode. */
    public double cpuSeconds() {
        return seconds(read(folder.resolve("stat")), OWN);
    }

    /** Returns the processor time of the process and of the children that it has waited for, in seconds. */
    double cpuSecondsWithChildren() {
        return seconds(read(folder.resolve("stat")), WITH_CHILDREN);
    }

    /**
     * Returns the processor time of all other processes of the machine, in seconds, with that of their children which have
     * ended.
     *
     * @param own the processes that are not counted
     */
    public static double cpuSecondsBeside(Collection<ProcessGauge> own) {
        Set<Path> skipped = own.stream().map(gauge -> gauge.folder).collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
            return folders.filter(folder ->
                            Character.isDigit(folder.getFileName().toString().charAt(0)))
                    .filter(folder -> !skipped.contains(folder))
                    .map(folder -> read(folder.resolve("stat")))
                    .filter(stat -> !stat.isEmpty())
                    .mapToDouble(stat -> seconds(stat, WITH_CHILDREN))
                    .sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs a diagnostic command of a JVM with the JDK's {@code jcmd}. Blocks until it is done. */
    void diagnose(String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int exit = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(jcmd + " " + command + ": exit code " + exit);
        }
    }

    /** Returns the processor time of a JVM's compiler threads in seconds; 0 for other processes. */
    public double compilerSeconds() {
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            return threads.map(thread -> read(thread.resolve("stat")))
                    .filter(stat -> COMPILER.matcher(stat).find())
                    .mapToDouble(stat -> seconds(stat, OWN))
                    .sum();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static double seconds(String stat, int... times) {
        if (stat.isEmpty()) {
            throw new IllegalStateException("the server has ended");
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return IntStream.of(times)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Returns the resident set size in KiB. */
    public long residentKib() {
        return read(folder.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Returns the file's content; empty if the process or thread has ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
