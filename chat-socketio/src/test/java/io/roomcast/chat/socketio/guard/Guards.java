package io.roomcast.chat.socketio.guard;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/** Detects blocking calls on event loops and leaked buffers in all tests of the module. */
public final class Guards implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Leaks.watch();
        BlockHound.install(Guards::allowTimers);
    }

    /** Allows schedulers to lock their queues, which they do only to insert or remove a timer. */
    private static void allowTimers(BlockHound.Builder watched) {
        String queue = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
        watched.allowBlockingCallsInside(queue, "offer").allowBlockingCallsInside(queue, "remove");
    }
}
