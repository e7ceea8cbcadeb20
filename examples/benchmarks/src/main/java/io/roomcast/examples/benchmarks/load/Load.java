package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Generates load on one server or on several servers of one chat, and counts and times what its clients receive.
 *
 * <p>The methods block and are for one thread. The clients run on a separate event loop.
 */
public final class Load implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(40);
    private static final long POLL_MILLIS = 10;

    private final ClientLoop loop = new ClientLoop();
    private final LoadClients clients;

    private Load(LoadPlan plan, List<InetSocketAddress> servers) {
        clients = new LoadClients(loop.eventLoop(), plan, servers);
    }

    /**
     * Connects all clients of a plan. Returns once each receives its room's messages.
     *
     * @throws TimeoutException if that takes longer than 40 s
     */
    public static Load connect(LoadPlan plan, InetSocketAddress server) throws InterruptedException, TimeoutException {
        return connect(plan, List.of(server));
    }

    /** Does the same with the members of each room spread over several servers. The first one has the first sender. */
    public static Load connect(LoadPlan plan, List<InetSocketAddress> servers)
            throws InterruptedException, TimeoutException {
        Load load = new Load(plan, servers);
        CountDownLatch connected = new CountDownLatch(1);
        load.loop.run(() -> load.clients.connect(connected::countDown));
        if (!connected.await(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            load.close();
            throw new TimeoutException("not all clients could join");
        }
        return load;
    }

    /** Starts to send. */
    public void start() throws InterruptedException {
        loop.run(clients::start);
    }

    /** Turns the recording of latencies on or off. */
    public void recordLatency(boolean enabled) throws InterruptedException {
        loop.run(() -> clients.recordLatency(enabled));
    }

    /** Returns the counts so far. */
    public Progress progress() throws InterruptedException {
        return loop.call(clients::progress);
    }

    /** Waits until the number of deliveries is reached, or until the timeout. */
    public void await(long deliveries, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (progress().delivered() < deliveries && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Stops sending, and waits until all messages have arrived, or until the timeout. */
    public LoadReport finish(Duration timeout) throws InterruptedException {
        loop.run(clients::stop);
        await(progress().expected(), timeout);
        return loop.call(clients::report);
    }

    /** Disconnects all clients. */
    @Override
    public void close() {
        loop.shutDown(clients::close);
    }
}
