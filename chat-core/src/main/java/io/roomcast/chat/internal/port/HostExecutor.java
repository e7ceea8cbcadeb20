package io.roomcast.chat.internal.port;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The host's threads, and a few of our own for what they do not take, so that what was accepted is done; safe for use by any
 * thread.
 */
final class HostExecutor implements Executor, AutoCloseable {
    private static final int SPARE = 8;
    private static final long IDLE_SECONDS = 10;

    private final HostPort port = new HostPort("executor");
    private final ThreadPoolExecutor spare = new ThreadPoolExecutor(
            SPARE,
            SPARE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("roomcast-spare"));
    private final Executor host;

    HostExecutor(Executor host) {
        this.host = host;
        spare.allowCoreThreadTimeOut(true);
    }

    /** Runs the task once, wherever that may be. */
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

    /** Ends our own threads, once they have done what they were given. */
    @Override
    public void close() {
        spare.shutdown();
    }

    /** A task that an executor may have begun before it threw. */
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
