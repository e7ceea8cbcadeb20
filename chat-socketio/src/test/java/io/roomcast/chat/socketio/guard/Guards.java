package io.roomcast.chat.socketio.guard;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/** Watches all tests of the module: for blocking calls on event loops, and for buffers that nobody releases. */
public final class Guards implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Leaks.watch();
        BlockHound.install(Guards::allowTimers);
    }

    /** The lock of a scheduler's queue is held for as long as it takes to sort a timer in or out. */
    private static void allowTimers(BlockHound.Builder watched) {
        String queue = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
        watched.allowBlockingCallsInside(queue, "offer").allowBlockingCallsInside(queue, "remove");
    }
}
