package io.roomcast.chat.socketio.internal.socket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Moves the clients of a server that will stop to other servers, spread over time, while the server still works. Runs at
 * most once. {@link #cancel} is safe for use by any thread.
 */
public final class ConnectionDrain {
    /** How long a client may take to reconnect by itself before it is disconnected. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The time for the last clients' commands to end. */
    private static final Duration REST = Duration.ofSeconds(2);

    private static final long CHECK_MILLIS = 20;

    /** A client and the {@link System#nanoTime} at which it is to reconnect. */
    public record Departure(ChatSocket socket, long nanoTime) {}

    private final ChatSockets sockets;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /** Creates a drain of the given sockets that has not begun. */
    public ConnectionDrain(ChatSockets sockets) {
        this.sockets = sockets;
    }

    /**
     * Announces the stop to each client with its own time to reconnect, and disconnects it a second after that unless it
     * has left. A client whose commands are running is disconnected after them. Blocks until all clients have left,
     * until the timeout or until {@link #cancel}.
     */
    public void run(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Duration window = timeout.minus(GRACE).minus(REST);
        List<Departure> departures = sockets.announceDrain(window.isNegative() ? Duration.ZERO : window);
        for (Departure next : departures) {
            if (pause(Math.min(next.nanoTime() + GRACE.toNanos(), end) - System.nanoTime())) {
                return;
            }
            next.socket().leave();
        }
        boolean ends = false;
        while (!ends && !sockets.isEmpty() && System.nanoTime() - end < 0) {
            ends = pause(TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS));
        }
    }

    /** Waits. Returns whether the drain was cancelled. */
    public boolean pause(Duration time) throws InterruptedException {
        return pause(time.toNanos());
    }

    private boolean pause(long nanos) throws InterruptedException {
        return cancelled.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the drain. The clients that have not left yet stay. */
    public void cancel() {
        cancelled.countDown();
    }
}
