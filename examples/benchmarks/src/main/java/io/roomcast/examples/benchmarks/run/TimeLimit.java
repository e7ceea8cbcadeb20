package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.scenario.Sample;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends measurements that take too long. For one thread. */
final class TimeLimit implements AutoCloseable {
    private static final long SECONDS = 90;

    private final ExecutorService thread = Executors.newCachedThreadPool();

    /** Runs a measurement in another thread. Blocks until it is done, or for at most 90 s. */
    Sample call(Callable<Sample> measurement) throws InterruptedException, IOException {
        Future<Sample> result = thread.submit(measurement);
        try {
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(String.valueOf(failure.getCause()), failure);
        } catch (TimeoutException exceeded) {
            result.cancel(true);
            throw new IOException("not done after " + SECONDS + " s", exceeded);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
