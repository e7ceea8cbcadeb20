package io.roomcast.chat.socketio.internal.socket;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks on event loops that may have stopped. */
final class EventLoops {
    private EventLoops() {}

    /** Submits the task; returns false, and drops the task, if the server has stopped. Never blocks. */
    static boolean tryExecute(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }
}
