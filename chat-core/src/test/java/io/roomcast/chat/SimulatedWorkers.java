package io.roomcast.chat;

import io.roomcast.chat.time.VirtualTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Runs tasks on the test's thread, in the order and at the times at which workers on several processors would run them.
 *
 * <p>A task occupies a processor for the CPU time that it takes, and a worker also for the time that it blocks. So the
 * times do not depend on what else the machine does.
 */
final class SimulatedWorkers implements Executor {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Task(long readyAt, long number, Runnable work) {}

    private final Queue<Task> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Task::readyAt).thenComparingLong(Task::number));

    /** When each worker and each processor is free. */
    private final Queue<Long> workers;

    private final Queue<Long> processors;
    private final VirtualTime time;
    private final Instant origin;
    private long submitted;

    /** The time of the running task without its CPU time, and the thread's CPU time at its start. */
    private long startedAt;

    private long cpuBefore;
    private boolean isRunning;

    SimulatedWorkers(int workers, int processors, VirtualTime time) {
        this.workers = new PriorityQueue<>(Collections.nCopies(workers, 0L));
        this.processors = new PriorityQueue<>(Collections.nCopies(processors, 0L));
        this.time = time;
        this.origin = time.clock().instant();
    }

    /** Returns the time in nanoseconds, which passes while a task runs. */
    long now() {
        return isRunning
                ? startedAt + THREADS.getCurrentThreadCpuTime() - cpuBefore
                : Duration.between(origin, time.clock().instant()).toNanos();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(new Task(now(), submitted++, task));
    }

    /** Lets time pass for the running task without occupying its processor. */
    void block(Duration duration) {
        startedAt += duration.toNanos();
    }

    /** Runs tasks and timers until the condition holds. */
    void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Task next = waiting.poll();
            if (next == null) {
                time.advance(Duration.ofMillis(1));
            } else {
                run(next);
            }
        }
    }

    private void run(Task task) {
        long start = Math.max(task.readyAt(), Math.max(workers.remove(), processors.remove()));
        time.advance(Duration.ofNanos(start - now()));
        startedAt = start;
        cpuBefore = THREADS.getCurrentThreadCpuTime();
        isRunning = true;
        try {
            task.work().run();
        } finally {
            long end = now();
            isRunning = false;
            workers.add(end);
            processors.add(start + THREADS.getCurrentThreadCpuTime() - cpuBefore);
        }
    }
}
