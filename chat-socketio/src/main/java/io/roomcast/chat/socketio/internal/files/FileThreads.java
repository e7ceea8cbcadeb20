package io.roomcast.chat.socketio.internal.files;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that wait for the store of files. Limits the number of transfers in progress. Each has one task at a time, so
 * the limit also bounds the queue. Safe for use by any thread.
 */
public final class FileThreads implements AutoCloseable {
    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final Semaphore transfers;
    private final ThreadPoolExecutor threads;

    /** Creates threads for the given number of transfers. They are started when they are needed. */
    public FileThreads(int transfers) {
        AtomicInteger created = new AtomicInteger();
        this.transfers = new Semaphore(transfers);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "roomcast-file-" + created.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins a transfer. Returns false if there are too many. */
    boolean tryBegin() {
        return transfers.tryAcquire();
    }

    /** Ends a transfer that was begun. */
    void end() {
        transfers.release();
    }

    /** Runs a task that may block. Runs the other one on this thread instead if the threads have been closed. */
    void execute(Runnable task, Runnable closed) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException stopped) {
            closed.run();
        }
    }

    /** Ends the threads after their tasks. Blocks for up to {@value #CLOSE_SECONDS} seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stop) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
