package io.roomcast.chat.socketio.internal.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Submits tasks to event loops that may have shut down. */
public final class EventLoops {
    private EventLoops() {}

    /**
     * Submits the task. Returns false if the event loop has shut down and the task will not run, so that the caller can
     * release what the task would have released.
     */
    public static boolean tryExecute(Executor loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }
}
