package io.roomcast.chat.internal.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks one after the other on the calling thread, until it is killed. */
final class DirectExecutor extends AbstractExecutorService {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;
    private boolean isKilled;

    void kill() {
        isKilled = true;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (isRunning) {
            return;
        }
        isRunning = true;
        try {
            for (Runnable next = waiting.poll(); next != null && !isKilled; next = waiting.poll()) {
                next.run();
            }
        } finally {
            isRunning = false;
        }
    }

    @Override
    public void shutdown() {
        isKilled = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isKilled;
    }

    @Override
    public boolean isTerminated() {
        return isKilled;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isKilled;
    }
}
