package io.roomcast.examples.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the processor time and memory of a process from {@code /proc}. */
public final class ProcessGauge {
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private final Path folder;

    /** Creates a gauge for a process of this machine. */
    public ProcessGauge(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** Returns the processor time of all threads in seconds, in user and system mode. */
    public double cpuSeconds() {
        return seconds(read(folder.resolve("stat")));
    }

    /** Returns the processor time of a JVM's compiler threads in seconds; 0 for other processes. */
    public double compilerSeconds() {
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            return threads.map(thread -> read(thread.resolve("stat")))
                    .filter(stat -> COMPILER.matcher(stat).find())
                    .mapToDouble(ProcessGauge::seconds)
                    .sum();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static double seconds(String stat) {
        if (stat.isEmpty()) {
            throw new IllegalStateException("the server has ended");
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
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
