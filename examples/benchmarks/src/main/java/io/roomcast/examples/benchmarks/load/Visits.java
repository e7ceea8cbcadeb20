package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * Keeps a constant number of users visiting over WebSocket: each joins a room, sends one message, receives it, and
 * leaves.
 *
 * <p>Its methods block. For use by one thread.
 */
public final class Visits implements AutoCloseable {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final int run = ThreadLocalRandom.current().nextInt();
    private final Histogram duration = new Histogram(LONGEST_NANOS, 3);
    private final ClientLoop loop = new ClientLoop();
    private final Dialer dialer;
    private boolean ending;
    private long done;
    private long failed;
    private long duplicated;

    /** Prepares for a server without connecting. */
    public Visits(InetSocketAddress server) {
        dialer = new WebSocketDialer(loop.eventLoop(), server);
    }

    /**
     * The results of the visits so far.
     *
     * @param done visits whose message was received
     * @param failed visits that ended before
     * @param duplicated messages that were received again
     * @param duration nanoseconds from the first byte to the received message
     */
    public record Count(long done, long failed, long duplicated, Histogram duration) {}

    /** Starts the given number of visits, and another one for each that ends. */
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

    void seen(long nanos) {
        done++;
        duration.recordValue(Math.min(LONGEST_NANOS, nanos));
    }

    void seenAgain() {
        duplicated++;
    }

    void ended(String room, int counter, boolean seen) {
        failed += seen || ending ? 0 : 1;
        visit(room, counter + 1);
    }

    /** Returns the results of the visits so far. */
    public Count count() throws InterruptedException {
        return loop.call(() -> new Count(done, failed, duplicated, duration.copy()));
    }

    /** Clears the durations of the visits so far. */
    public void forgetDurations() throws InterruptedException {
        loop.run(duration::reset);
    }

    /** Starts no more visits, and disconnects. */
    @Override
    public void close() {
        loop.end(() -> ending = true);
    }
}
