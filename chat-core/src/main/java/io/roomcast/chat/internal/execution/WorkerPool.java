package io.roomcast.chat.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on worker threads; safe for use by any thread.
 *
 * <p>To wake a worker costs more than most commands. So an event loop that submits many commands hands them over once
 * per tick, as one {@link TaskBatch}. Tasks that may block are not batched.
 */
public final class WorkerPool implements Executor {
    @SuppressWarnings("ThreadLocalUsage") // a thread may serve several chats
    private final ThreadLocal<@Nullable Tick> ticks = new ThreadLocal<>();

    private final Executor threads;

    public WorkerPool(Executor threads) {
        this.threads = threads;
    }

    /**
     * Batches the tasks that the calling thread submits from now on, once per tick.
     *
     * @param caller runs tasks on the calling thread, after those that it has accepted already; also sets timers
     */
    public void batchPerTick(ScheduledExecutorService caller) {
        if (ticks.get() == null) {
            ticks.set(new Tick(caller, threads));
        }
    }

    /** Runs a task that may block. */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Runs a task that rarely blocks, in the batch of the caller's tick if there is one. */
    void executeInBatch(Runnable task) {
        Tick tick = ticks.get();
        if (tick == null) {
            threads.execute(task);
        } else {
            tick.add(task);
        }
    }

    /** Runs a task that blocks: immediately, or after the other tasks of the batch that the caller belongs to. */
    void runOutsideBatch(Runnable task) {
        TaskBatch batch = TaskBatch.current(threads);
        if (batch == null) {
            task.run();
        } else {
            batch.addLast(task);
        }
    }

    /** Applies the function to the stage's result: immediately if the stage is complete, else on a worker. */
    public <T, R> CompletionStage<R> thenApply(CompletionStage<T> stage, Function<? super T, ? extends R> next) {
        return stage.toCompletableFuture().isDone() ? stage.thenApply(next) : stage.thenApplyAsync(next, threads);
    }

    // Static: the thread may outlive the chat. A thread-local whose value refers to it is never collected.
    /** The tasks that one thread has submitted since its last hand-over; confined to that thread. */
    private static final class Tick implements Runnable {
        private final ScheduledExecutorService caller;
        private final Executor threads;
        private List<Runnable> submitted = new ArrayList<>();

        Tick(ScheduledExecutorService caller, Executor threads) {
            this.caller = caller;
            this.threads = threads;
        }

        void add(Runnable task) {
            submitted.add(task);
            if (submitted.size() == 1) {
                scheduleHandOver();
            }
        }

        private void scheduleHandOver() {
            try {
                caller.execute(this);
            } catch (RejectedExecutionException ending) {
                run();
            }
        }

        /** Hands the submitted tasks over. */
        @Override
        public void run() {
            TaskBatch batch = new TaskBatch(submitted, threads);
            submitted = new ArrayList<>();
            try {
                batch.start(caller);
            } catch (RejectedExecutionException stopped) {
                // All callers have their reply already: threads shut down after the reply timeouts.
            }
        }
    }
}
