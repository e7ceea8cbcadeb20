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
 * The threads that commands run on; safe for use by any thread.
 *
 * <p>To wake one of them costs more than to carry out most commands. So a thread that brings many hands over, once a
 * turn, all that can be done without waiting, as one {@link TaskBatch}.
 */
public final class WorkerPool implements Executor {
    @SuppressWarnings("ThreadLocalUsage") // a thread may serve several chats
    private final ThreadLocal<@Nullable Turn> turns = new ThreadLocal<>();

    private final Executor threads;

    public WorkerPool(Executor threads) {
        this.threads = threads;
    }

    /** Lets the calling thread hand over once a turn; the argument runs tasks on it, behind those it has already. */
    public void gather(ScheduledExecutorService caller) {
        if (turns.get() == null) {
            turns.set(new Turn(caller, threads));
        }
    }

    /** Starts a task that may wait for the store. */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Starts a task that waits for nobody, as a rule, together with others of the same turn. */
    void executeTogether(Runnable task) {
        Turn turn = turns.get();
        if (turn == null) {
            threads.execute(task);
        } else {
            turn.add(task);
        }
    }

    /** Runs a task that waits for the store: at once, or behind the others of the batch that the caller is part of. */
    public void afterwards(Runnable task) {
        TaskBatch batch = TaskBatch.current(threads);
        if (batch == null) {
            task.run();
        } else {
            batch.afterwards(task);
        }
    }

    /** Continues with the stage's result: at once if it is complete, else on a worker. */
    public <T, R> CompletionStage<R> after(CompletionStage<T> stage, Function<? super T, ? extends R> next) {
        return stage.toCompletableFuture().isDone() ? stage.thenApply(next) : stage.thenApplyAsync(next, threads);
    }

    // Static, as the thread may outlive the chat, and a thread-local whose value leads back to it is never let go.
    /** What one thread has brought and not yet handed over; confined to it. */
    private static final class Turn implements Runnable {
        private final ScheduledExecutorService caller;
        private final Executor threads;
        private List<Runnable> brought = new ArrayList<>();

        Turn(ScheduledExecutorService caller, Executor threads) {
            this.caller = caller;
            this.threads = threads;
        }

        void add(Runnable task) {
            brought.add(task);
            if (brought.size() == 1) {
                handOverSoon();
            }
        }

        private void handOverSoon() {
            try {
                caller.execute(this);
            } catch (RejectedExecutionException ending) {
                run();
            }
        }

        @Override
        public void run() {
            TaskBatch batch = new TaskBatch(brought, threads);
            brought = new ArrayList<>();
            try {
                batch.begin(caller);
            } catch (RejectedExecutionException stopped) {
                // Whoever waits for an answer has had one: threads end after all deadlines.
            }
        }
    }
}
