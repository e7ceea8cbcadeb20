package io.roomcast.examples.benchmarks.storage;

import org.HdrHistogram.Histogram;

/**
 * The figures of one strategy in one cell.
 *
 * @param seconds the time of the measurement
 * @param messages the messages stored in that time
 * @param cpuMillis the processor time of this process
 * @param compilingMillis the part of it that compilers used
 * @param databaseMillis the processor time of the database
 * @param commands the commands to the database
 * @param inserts the inserts among them
 * @param latency nanoseconds
 * @param failed the refused messages of the whole load
 * @param holes the rooms whose sequence numbers are not 1, 2, 3, …
 */
record Figures(
        double seconds,
        long messages,
        double cpuMillis,
        double compilingMillis,
        double databaseMillis,
        long commands,
        long inserts,
        Histogram latency,
        long failed,
        long holes) {
    Figures withHoles(long rooms) {
        return new Figures(
                seconds,
                messages,
                cpuMillis,
                compilingMillis,
                databaseMillis,
                commands,
                inserts,
                latency,
                failed,
                rooms);
    }

    double rate() {
        return messages / seconds;
    }

    double perThousand(double value) {
        return value * 1_000 / Math.max(1, messages);
    }

    double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
