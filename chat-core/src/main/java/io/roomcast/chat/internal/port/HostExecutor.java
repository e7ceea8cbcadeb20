package io.roomcast.chat.internal.port;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks on the host's executor, and on spare threads if the host's rejects them. So every accepted command runs.
 * Safe for use by any thread.
 */
final class HostExecutor implements Executor, AutoCloseable {
    private static final int SPARE_THREADS = 8;
    private static final long IDLE_SECONDS = 10;

    private final HostPort port = new HostPort("executor");
    private final ThreadPoolExecutor spare = new ThreadPoolExecutor(
            SPARE_THREADS,
            SPARE_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("roomcast-spare"));
    private final Executor host;

    HostExecutor(Executor host) {
        this.host = host;
        spare.allowCoreThreadTimeOut(true);
    }

    /** Runs the task exactly once, on the host's executor or on a spare thread. */
    @Override
    public void execute(Runnable task) {
        Once once = new Once(task);
        try {
            host.execute(once);
        } catch (Throwable refused) {
            port.failed(refused);
            spare.execute(once);
        }
    }

    /** Shuts down the spare threads after their accepted tasks. */
    @Override
    public void close() {
        spare.shutdown();
    }

    /** Runs a task once, although an executor may have started it before it threw. */
    private static final class Once extends AtomicBoolean implements Runnable {
        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                task.run();
            }
        }
    }
}
