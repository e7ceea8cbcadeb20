package io.roomcast.chat.internal.execution;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on one worker, and adds workers while the batch takes long.
 *
 * <p>Tasks may {@linkplain #addLast append} blocking tasks, which wait for the store. These run after all tasks have
 * started, on as many workers as needed. In a batch that takes long they run before the tasks that have not started.
 */
final class TaskBatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(TaskBatch.class);
    private static final ThreadLocal<@Nullable TaskBatch> CURRENT = new ThreadLocal<>();
    private static final int MAX_PAUSE_MILLIS = 64;

    private final List<Runnable> tasks;
    private final Executor workers;

    /** The index of the next task to start. */
    private final AtomicInteger next = new AtomicInteger();

    /** The workers that were requested and have not started. */
    private final AtomicInteger requested = new AtomicInteger();

    private final Set<Runnable> blocking = ConcurrentHashMap.newKeySet();
    private volatile boolean takesLong;

    TaskBatch(List<Runnable> tasks, Executor workers) {
        this.tasks = tasks;
        this.workers = workers;
    }

    /** Returns the batch whose task the calling thread runs, if it belongs to the given workers; else null. */
    static @Nullable TaskBatch current(Executor workers) {
        TaskBatch current = CURRENT.get();
        return current == null || current.workers != workers ? null : current;
    }

    /**
     * Starts the batch on a worker. The timer adds workers if it takes long.
     *
     * @throws RejectedExecutionException if the workers have shut down
     */
    void start(ScheduledExecutorService timer) {
        requestWorker();
        if (tasks.size() > 1) {
            checkAfter(timer, 1);
        }
    }

    private void requestWorker() {
        requested.incrementAndGet();
        workers.execute(this);
    }

    private void checkAfter(ScheduledExecutorService timer, int millis) {
        int pause = Math.min(millis, MAX_PAUSE_MILLIS);
        ScheduledFuture<?> ignored = timer.schedule(() -> check(timer, pause), pause, TimeUnit.MILLISECONDS);
    }

    /** Adds workers, twice as many after twice the time. Adds none before the first worker has started. */
    private void check(ScheduledExecutorService timer, int pause) {
        int started = next.get();
        int left = Math.max(0, tasks.size() - started) + blocking.size();
        if (left == 0) {
            return;
        }
        if (started > 0) {
            addWorkers(Math.min(pause, left - requested.get()));
        }
        checkAfter(timer, 2 * pause);
    }

    private void addWorkers(int count) {
        takesLong = true;
        for (int i = 0; i < count; i++) {
            requestWorker();
        }
    }

    /**
     * Appends a task that may block; called by a task of the batch. Runs it once, though several tasks may append it and
     * several workers may run the batch.
     */
    void addLast(Runnable task) {
        blocking.add(task);
    }

    @Override
    public void run() {
        requested.decrementAndGet();
        for (int i = takeIndex(); i < tasks.size(); i = takeIndex()) {
            runAsCurrent(tasks.get(i));
        }
        blocking.forEach(this::runBlocking);
    }

    private int takeIndex() {
        if (takesLong) {
            // The next task may hang, and must not delay the blocking ones.
            blocking.forEach(this::runBlocking);
        }
        return next.getAndIncrement();
    }

    private void runAsCurrent(Runnable task) {
        CURRENT.set(this);
        try {
            run(task);
        } finally {
            CURRENT.remove();
        }
    }

    private void runBlocking(Runnable task) {
        if (blocking.remove(task)) {
            requestWorkerForRest();
            run(task);
        }
    }

    private void requestWorkerForRest() {
        try {
            if (!blocking.isEmpty()) {
                requestWorker();
            }
        } catch (RejectedExecutionException stopped) {
            log.debug("no further worker available; the current one runs the rest of the batch", stopped);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            log.error("task of a batch failed", fault);
        }
    }
}
