package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Generates load on one server: its clients connect, join and send, and it counts their messages.
 *
 * <p>Its methods block. For use by one thread. The clients run on a separate event loop.
 */
public final class Load implements AutoCloseable {
    private static final Duration ASSEMBLY = Duration.ofSeconds(40);
    private static final long POLL_MILLIS = 10;

    private final ClientLoop loop = new ClientLoop();
    private final LoadClients crowd;

    private Load(LoadPlan plan, InetSocketAddress server) {
        crowd = new LoadClients(loop.eventLoop(), plan, server);
    }

    /**
     * Connects all clients of a plan. Returns once all of them receive their rooms' messages.
     *
     * @throws TimeoutException if that takes too long
     */
    public static Load assemble(LoadPlan plan, InetSocketAddress server) throws InterruptedException, TimeoutException {
        Load load = new Load(plan, server);
        CountDownLatch assembled = new CountDownLatch(1);
        load.loop.run(() -> load.crowd.assemble(assembled::countDown));
        if (!assembled.await(ASSEMBLY.toSeconds(), TimeUnit.SECONDS)) {
            load.close();
            throw new TimeoutException("not all clients could join");
        }
        return load;
    }

    /** Starts sending. */
    public void start() throws InterruptedException {
        loop.run(crowd::send);
    }

    /** Sets whether latencies are recorded from now on. */
    public void timing(boolean wanted) throws InterruptedException {
        loop.run(() -> crowd.timing(wanted));
    }

    /** Returns the deliveries so far. */
    public Progress progress() throws InterruptedException {
        return loop.call(crowd::progress);
    }

    /** Waits until the given number of deliveries is reached, or the time has passed. */
    public void await(long deliveries, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (progress().delivered() < deliveries && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Stops sending, and waits until all messages have arrived, or the time has passed. */
    public LoadReport finish(Duration timeout) throws InterruptedException {
        loop.run(crowd::stop);
        await(progress().expected(), timeout);
        return loop.call(crowd::report);
    }

    /** Disconnects all clients. */
    @Override
    public void close() {
        loop.end(crowd::leave);
    }
}
