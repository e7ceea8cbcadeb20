package io.roomcast.chat.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Threads for one test, whose failures are the test's. */
public final class Workers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ExecutorService threads;

    /** So many threads. */
    public Workers(int count) {
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** Runs the task on one of them. */
    public Future<?> submit(Runnable task) {
        return threads.submit(task);
    }

    /** Runs the task on one of them. */
    public <T> Future<T> call(Callable<T> task) {
        return threads.submit(task);
    }

    /** Waits for a task's result. */
    public static <T> T result(Future<T> task) {
        try {
            return task.get(PATIENCE_SECONDS, SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            throw new AssertionError("a worker failed", failure);
        }
    }

    /** Lets running tasks end; then the threads end. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, SECONDS)) {
                threads.shutdownNow();
                throw new AssertionError("a worker did not end");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
