package io.roomcast.chat.internal.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads that hang until they are released; then tasks run on the calling thread. */
final class StepThreads extends AbstractExecutorService {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isReleased;

    int waiting() {
        return waiting.size();
    }

    void release() {
        isReleased = true;
        while (!waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (isReleased) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
