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
 * Tasks that one worker carries out, one after the other, unless that takes long: then more workers come to help.
 *
 * <p>What has to wait for the store comes {@linkplain #afterwards last}, by as many workers as there is of it; but in a
 * batch that takes long it comes before what has not begun.
 */
final class TaskBatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(TaskBatch.class);
    private static final ThreadLocal<@Nullable TaskBatch> CURRENT = new ThreadLocal<>();
    private static final int LONGEST_PAUSE = 64;

    private final List<Runnable> tasks;
    private final Executor workers;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger coming = new AtomicInteger();
    private final Set<Runnable> afterwards = ConcurrentHashMap.newKeySet();
    private volatile boolean late;

    TaskBatch(List<Runnable> tasks, Executor workers) {
        this.tasks = tasks;
        this.workers = workers;
    }

    /** The batch for the given workers that the calling thread carries out a task of, or null. */
    static @Nullable TaskBatch current(Executor workers) {
        TaskBatch current = CURRENT.get();
        return current == null || current.workers != workers ? null : current;
    }

    /** Starts on a worker; the timer sees to it that no task waits long for another. */
    void begin(ScheduledExecutorService timer) {
        summon();
        if (tasks.size() > 1) {
            watch(timer, 1);
        }
    }

    private void summon() {
        coming.incrementAndGet();
        workers.execute(this);
    }

    private void watch(ScheduledExecutorService timer, int millis) {
        int pause = Math.min(millis, LONGEST_PAUSE);
        ScheduledFuture<?> ignored = timer.schedule(() -> look(timer, pause), pause, TimeUnit.MILLISECONDS);
    }

    /** Brings help, twice as much after twice the time, unless even the first worker has had no time to come. */
    private void look(ScheduledExecutorService timer, int pause) {
        int taken = begun.get();
        int left = Math.max(0, tasks.size() - taken) + afterwards.size();
        if (left == 0) {
            return;
        }
        if (taken > 0) {
            help(Math.min(pause, left - coming.get()));
        }
        watch(timer, 2 * pause);
    }

    private void help(int helpers) {
        late = true;
        for (int i = 0; i < helpers; i++) {
            summon();
        }
    }

    /** Runs the task, once, when all tasks have begun or the batch takes long; several threads may carry out the same batch. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    @Override
    public void run() {
        coming.decrementAndGet();
        for (int next = next(); next < tasks.size(); next = next()) {
            carryOut(tasks.get(next));
        }
        afterwards.forEach(this::finish);
    }

    private int next() {
        if (late) {
            // Whoever takes the next task may hang in it.
            afterwards.forEach(this::finish);
        }
        return begun.getAndIncrement();
    }

    private void carryOut(Runnable task) {
        CURRENT.set(this);
        try {
            run(task);
        } finally {
            CURRENT.remove();
        }
    }

    private void finish(Runnable task) {
        if (afterwards.remove(task)) {
            summonForTheRest();
            run(task);
        }
    }

    private void summonForTheRest() {
        try {
            if (!afterwards.isEmpty()) {
                summon();
            }
        } catch (RejectedExecutionException stopped) {
            log.debug("nobody else comes; the caller does the rest too", stopped);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            log.error("a task failed in its batch", fault);
        }
    }
}
