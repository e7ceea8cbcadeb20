package io.roomcast.chat.testkit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose tasks run when a test says so, on the test's thread. */
public final class StepExecutor implements Executor {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean rejecting;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("no threads left");
        }
        waiting.add(task);
    }

    /** Takes nothing more, or takes tasks again. */
    public void reject(boolean rejects) {
        rejecting = rejects;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Runs the task that waits longest. */
    public void step() {
        waiting.remove().run();
    }

    public void runAll() {
        while (!waiting.isEmpty()) {
            step();
        }
    }
}
