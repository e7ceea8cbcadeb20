package io.roomcast.examples.benchmarks.storage;

import org.HdrHistogram.Histogram;

/**
 * The result of one strategy in one cell. Immutable.
 *
 * @param seconds the time of the measurement
 * @param messages the number of messages stored in this time
 * @param cpuMillis the processor time of this process
 * @param compilingMillis the part of it that compilers took
 * @param databaseMillis the processor time of the database
 * @param commands the number of commands sent to the database
 * @param inserts the number of inserts among them
 * @param latency the latencies in nanoseconds
 * @param failed the number of failed messages in the whole load, warm-up included
 * @param gaps the number of rooms whose sequence numbers are not 1, 2, 3, …
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
        long gaps) {
    /** Returns these figures with a number of rooms with gaps. */
    Figures withGaps(long rooms) {
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

    /** Returns the messages per second. */
    double rate() {
        return messages / seconds;
    }

    /** Returns a value per thousand messages. */
    double perThousand(double value) {
        return value * 1_000 / Math.max(1, messages);
    }

    /** Returns a percentile of the latency in milliseconds. */
    double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
