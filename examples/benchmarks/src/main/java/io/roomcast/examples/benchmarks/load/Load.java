package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A load on one server: its clients connect and join, send, and are counted.
 *
 * <p>Its methods block, and are called by one thread; the clients live on an event loop of their own.
 */
public final class Load implements AutoCloseable {
    private static final Duration ASSEMBLY = Duration.ofSeconds(40);
    private static final long POLL_MILLIS = 10;

    private final ClientLoop loop = new ClientLoop();
    private final Crowd crowd;

    private Load(LoadPlan plan, InetSocketAddress server) {
        crowd = new Crowd(loop.eventLoop(), plan, server);
    }

    /**
     * Connects all clients of a plan; returns once all get their rooms' messages.
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

    /** Begins to send. */
    public void start() throws InterruptedException {
        loop.run(crowd::send);
    }

    /** Says whether latencies count from now on. */
    public void timing(boolean wanted) throws InterruptedException {
        loop.run(() -> crowd.timing(wanted));
    }

    /** What has arrived so far. */
    public Progress progress() throws InterruptedException {
        return loop.call(crowd::progress);
    }

    /** Waits until so much has arrived, or until the time is over. */
    public void await(long deliveries, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (progress().delivered() < deliveries && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Sends nothing more, and waits until what was sent has arrived, or until the time is over. */
    public LoadReport finish(Duration patience) throws InterruptedException {
        loop.run(crowd::stop);
        await(progress().expected(), patience);
        return loop.call(crowd::report);
    }

    /** Disconnects all clients. */
    @Override
    public void close() {
        loop.end(crowd::leave);
    }
}
