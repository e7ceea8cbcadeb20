package io.roomcast.chat.socketio.guard;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/** Detects blocking calls on event loops and leaked buffers in all tests of the module. */
public final class Guards implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Leaks.watch();
        BlockHound.install(Guards::allowQueues);
    }

    /**
     * Allows schedulers and thread pools to lock their queues. They hold these locks only to insert or remove a task, or
     * to add a thread. So the wait of an event loop is short.
     */
    private static void allowQueues(BlockHound.Builder watched) {
        String queue = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
        watched.allowBlockingCallsInside(queue, "offer")
                .allowBlockingCallsInside(queue, "remove")
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute");
    }
}
