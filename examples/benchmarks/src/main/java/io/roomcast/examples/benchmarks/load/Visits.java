package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * Keeps a number of users connected over WebSocket, each of which joins a room, sends one message, receives it,
 * disconnects, and is replaced. The methods block and are for one thread.
 */
public final class Visits implements AutoCloseable {
    private final int run = ThreadLocalRandom.current().nextInt();
    private final Histogram duration = new Histogram(DeliveryCounter.MAX_NANOS, 3);
    private final ClientLoop loop = new ClientLoop();
    private final Dialer dialer;
    private boolean ending;
    private long done;
    private long failed;
    private long duplicated;

    /** Creates visits that have not started. */
    public Visits(InetSocketAddress server) {
        dialer = new WebSocketDialer(loop.eventLoop(), server);
    }

    /**
     * The counts of visits so far. Immutable.
     *
     * @param done the number of visits whose message arrived
     * @param failed the number of visits that ended before
     * @param duplicated the number of messages that arrived twice
     * @param duration the nanoseconds from connecting until the message arrived
     */
    public record Count(long done, long failed, long duplicated, Histogram duration) {}

    /** Starts a number of visits. Each one that ends is replaced. */
    public void start(int visitors) throws InterruptedException {
        loop.run(() -> {
            for (int i = 0; i < visitors; i++) {
                visit("visit-" + Integer.toHexString(run) + "-" + i, 0);
            }
        });
    }

    private void visit(String room, int counter) {
        if (!ending) {
            Visit visit = new Visit(this, room, run, counter);
            loop.eventLoop().execute(() -> visit.dial(dialer));
        }
    }

    void received(long nanos) {
        done++;
        duration.recordValue(Math.min(DeliveryCounter.MAX_NANOS, nanos));
    }

    void receivedAgain() {
        duplicated++;
    }

    void ended(String room, int counter, boolean received) {
        failed += received || ending ? 0 : 1;
        visit(room, counter + 1);
    }

    /** Returns the counts so far. */
    public Count count() throws InterruptedException {
        return loop.call(() -> new Count(done, failed, duplicated, duration.copy()));
    }

    /** Discards the durations recorded so far. */
    public void resetDurations() throws InterruptedException {
        loop.run(duration::reset);
    }

    /** Starts no more visits and closes all connections. */
    @Override
    public void close() {
        loop.shutDown(() -> ending = true);
    }
}
