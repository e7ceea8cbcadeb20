package io.roomcast.examples.benchmarks.storage;

import org.HdrHistogram.Histogram;

/**
 * What one strategy made of one cell.
 *
 * @param seconds how long was measured
 * @param messages how many were stored meanwhile
 * @param cpuMillis what that took of the processors' time in this process
 * @param compilingMillis the part of it that compilers took
 * @param databaseMillis the processor time of the database meanwhile
 * @param commands what was asked of the database
 * @param inserts how much of it was to insert
 * @param latency nanoseconds
 * @param failed messages that were refused, in all of the load
 * @param holes rooms in which the places of the messages are not 1, 2, 3 and so on
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
