package io.roomcast.examples.benchmarks.storage;

import com.sun.management.OperatingSystemMXBean;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a load, and measures it after a warm-up. For one thread. */
final class Measurement {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final ProcessGauge gauge = new ProcessGauge(ProcessHandle.current().pid());
    private final ClosedLoad load;
    private final CommandCount commands;
    private final ProcessGauge database;

    private record Reading(
            long nanos,
            long messages,
            long cpuNanos,
            double compilingSeconds,
            double databaseSeconds,
            long commands,
            long inserts) {}

    Measurement(ClosedLoad load, CommandCount commands, ProcessGauge database) {
        this.load = load;
        this.commands = commands;
        this.database = database;
    }

    /** Runs the load. Returns the figures without a number of gaps. */
    Figures run(Duration warmUp, Duration measure) throws InterruptedException, TimeoutException {
        load.start();
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        load.latency();
        Reading before = read();
        TimeUnit.NANOSECONDS.sleep(measure.toNanos());
        Reading after = read();
        Figures figures = figures(before, after);
        load.stop();
        return figures;
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(),
                load.stored(),
                SYSTEM.getProcessCpuTime(),
                gauge.compilerSeconds(),
                database.cpuSeconds(),
                commands.all(),
                commands.inserts());
    }

    private Figures figures(Reading before, Reading after) {
        return new Figures(
                (after.nanos - before.nanos) / 1e9,
                after.messages - before.messages,
                (after.cpuNanos - before.cpuNanos) / 1e6,
                (after.compilingSeconds - before.compilingSeconds) * 1e3,
                (after.databaseSeconds - before.databaseSeconds) * 1e3,
                after.commands - before.commands,
                after.inserts - before.inserts,
                load.latency(),
                load.failed(),
                0);
    }
}
