package io.roomcast.chat.internal.execution;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.ChatException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs queued tasks on a limited number of workers; safe for use by any thread.
 *
 * <p>After each task the worker goes to the end of the workers' queue. So many tasks delay other work by no more than a
 * few of them.
 */
public final class ParallelRunner {
    private final int maxWorkers;
    private final ConversationLanes lanes;
    private final Supplier<@Nullable Runnable> queue;
    private final Consumer<ChatException> onStop;

    @GuardedBy("this")
    private int running;

    /**
     * Creates an idle instance.
     *
     * @param maxWorkers the most workers that run tasks at the same time
     * @param queue removes and returns the next task, or null if there is none; called with a lock held
     * @param onStop receives the reason if the workers have shut down while tasks may be queued
     */
    public ParallelRunner(
            int maxWorkers,
            ConversationLanes lanes,
            Supplier<@Nullable Runnable> queue,
            Consumer<ChatException> onStop) {
        this.maxWorkers = maxWorkers;
        this.lanes = lanes;
        this.queue = queue;
        this.onStop = onStop;
    }

    /** Starts another worker unless the limit is reached; called after a task was queued. */
    public void wake() {
        if (tryReserveWorker()) {
            startWorker();
        }
    }

    private synchronized boolean tryReserveWorker() {
        boolean isFree = running < maxWorkers;
        running += isFree ? 1 : 0;
        return isFree;
    }

    private void startWorker() {
        try {
            lanes.executeForJoins(this::runNext);
        } catch (ChatException stopped) {
            releaseWorker();
            onStop.accept(stopped);
        }
    }

    private synchronized void releaseWorker() {
        running--;
    }

    private void runNext() {
        Runnable task = takeOrRelease();
        if (task == null) {
            return;
        }
        try {
            task.run();
        } finally {
            startWorker();
        }
    }

    private synchronized @Nullable Runnable takeOrRelease() {
        Runnable task = queue.get();
        running -= task == null ? 1 : 0;
        return task;
    }
}
