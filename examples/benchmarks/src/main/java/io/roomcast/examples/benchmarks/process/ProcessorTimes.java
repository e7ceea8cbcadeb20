package io.roomcast.examples.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The time of one processor since the machine started, in seconds. Immutable.
 *
 * @param busy the time that it worked, for processes or for the kernel
 * @param stolen the time that the hypervisor gave to another machine
 */
public record ProcessorTimes(double busy, double stolen) {
    private static final int[] BUSY = {1, 2, 3, 6, 7};
    private static final int STOLEN = 8;

    /**
     * Reads the times.
     *
     * @param processor the processor's number
     */
    public static ProcessorTimes read(String processor) {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.filter(line -> line.startsWith("cpu" + processor + " "))
                    .map(ProcessorTimes::parse)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("processor: " + processor));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Parses a line such as {@code cpu0 1392 0 533 77890 31 0 12 4 0 0}. */
    static ProcessorTimes parse(String line) {
        String[] fields = line.split(" +", -1);
        long busy = IntStream.of(BUSY)
                .mapToLong(field -> Long.parseLong(fields[field]))
                .sum();
        return new ProcessorTimes(
                busy / ProcessGauge.TICKS_PER_SECOND, Long.parseLong(fields[STOLEN]) / ProcessGauge.TICKS_PER_SECOND);
    }

    /** Returns the sum of times. */
    public static ProcessorTimes sum(List<ProcessorTimes> times) {
        return times.stream()
                .reduce(
                        new ProcessorTimes(0, 0),
                        (one, other) -> new ProcessorTimes(one.busy + other.busy, one.stolen + other.stolen));
    }

    /** Returns the difference to earlier times. */
    public ProcessorTimes since(ProcessorTimes earlier) {
        return new ProcessorTimes(busy - earlier.busy, stolen - earlier.stolen);
    }
}
