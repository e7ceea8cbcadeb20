package io.roomcast.chat.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that one worker carries out, one after the other, unless one of them hangs: then more workers come to help.
 *
 * <p>What has to wait for the store comes {@linkplain #afterwards last}, by as many workers as there is of it.
 */
final class Batch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Batch.class);
    private static final ThreadLocal<@Nullable Batch> CURRENT = new ThreadLocal<>();
    private static final int MOST_HELPERS = 64;

    private final List<Runnable> tasks;
    private final Executor workers;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger coming = new AtomicInteger();
    private final Set<Runnable> afterwards = ConcurrentHashMap.newKeySet();

    Batch(List<Runnable> tasks, Executor workers) {
        this.tasks = tasks;
        this.workers = workers;
    }

    /** The batch that the calling thread carries out a task of, or null. */
    static @Nullable Batch current() {
        return CURRENT.get();
    }

    /** Starts on a worker; the timer sees to it that no task waits long for another. */
    void begin(ScheduledExecutorService timer) {
        summon();
        if (tasks.size() > 1) {
            watch(timer, 0, 1);
        }
    }

    private void summon() {
        coming.incrementAndGet();
        workers.execute(this);
    }

    private void watch(ScheduledExecutorService timer, int seen, int helpers) {
        ScheduledFuture<?> ignored = timer.schedule(() -> help(timer, seen, helpers), helpers, TimeUnit.MILLISECONDS);
    }

    /** Twice as many helpers each time, after twice the time, but never more on their way than there is left to do. */
    private void help(ScheduledExecutorService timer, int seen, int helpers) {
        int now = Math.min(begun.get(), tasks.size());
        int left = tasks.size() - now + afterwards.size();
        if (left == 0) {
            return;
        }
        boolean hangs = now > 0 && now == seen;
        int more = hangs ? Math.min(helpers, left - coming.get()) : 0;
        for (int i = 0; i < more; i++) {
            summon();
        }
        watch(timer, now, hangs ? Math.min(2 * helpers, MOST_HELPERS) : helpers);
    }

    /** Runs the task, once, when all tasks have begun; several threads may carry out the same batch. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    @Override
    public void run() {
        coming.decrementAndGet();
        CURRENT.set(this);
        for (int next = begun.getAndIncrement(); next < tasks.size(); next = begun.getAndIncrement()) {
            run(tasks.get(next));
        }
        CURRENT.remove();
        afterwards.forEach(this::finish);
    }

    private void finish(Runnable task) {
        if (afterwards.remove(task)) {
            if (!afterwards.isEmpty()) {
                summon();
            }
            run(task);
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
