package io.roomcast.examples.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * So many users at any time who come over WebSocket, join a room, write one message, see it, and leave; its methods block,
 * and are called by one thread.
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

    /** Nobody comes yet. */
    public Visits(InetSocketAddress server) {
        dialer = new WebSocketDialer(loop.eventLoop(), server);
    }

    /**
     * What became of the visits so far.
     *
     * @param done visits whose message was seen
     * @param failed visits that ended before
     * @param duplicated messages that were seen again
     * @param duration nanoseconds from the first byte to the message seen
     */
    public record Count(long done, long failed, long duplicated, Histogram duration) {}

    /** From now on, so many come, and for each who leaves another. */
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

    /** What became of the visits so far. */
    public Count count() throws InterruptedException {
        return loop.call(() -> new Count(done, failed, duplicated, duration.copy()));
    }

    /** Forgets how long the visits so far took. */
    public void forgetDurations() throws InterruptedException {
        loop.run(duration::reset);
    }

    /** Nobody comes any more. */
    @Override
    public void close() {
        loop.end(() -> ending = true);
    }
}
