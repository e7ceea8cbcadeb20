package io.roomcast.chat.socketio.guard;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Detects blocking calls on event loops and leaked buffers in all tests of the module. Starts with the first test of a JVM,
 * because Maven's own JVM, which needs none of this, opens a session of the launcher to find the tests.
 */
public final class Guards implements TestExecutionListener {
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (INSTALLED.compareAndSet(false, true)) {
            Leaks.watch();
            BlockHound.install(Guards::allowQueues);
        }
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
