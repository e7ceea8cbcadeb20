package io.roomcast.chat.internal.push;

import io.roomcast.chat.fixture.ThreadlessExecutor;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs tasks one after the other on the calling thread, until it is killed. */
final class DirectExecutor extends ThreadlessExecutor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;

    void kill() {
        shutdown();
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (isRunning) {
            return;
        }
        isRunning = true;
        try {
            for (Runnable next = waiting.poll(); next != null && !isShutdown(); next = waiting.poll()) {
                next.run();
            }
        } finally {
            isRunning = false;
        }
    }
}
