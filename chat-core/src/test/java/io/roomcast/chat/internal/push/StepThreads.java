package io.roomcast.chat.internal.push;

import io.roomcast.chat.fixture.ThreadlessExecutor;
import java.util.ArrayDeque;
import java.util.Deque;

/** Threads that hang until they are released; then tasks run on the calling thread. */
final class StepThreads extends ThreadlessExecutor {
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
}
