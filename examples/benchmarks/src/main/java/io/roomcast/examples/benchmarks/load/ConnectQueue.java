package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/** Opens connections, with a limit on the number of concurrent attempts. Confined to the event loop. */
final class ConnectQueue {
    private static final int MAX_CONCURRENT = 50;

    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final EventLoop loop;
    private final Runnable whenDone;
    private int connecting;

    ConnectQueue(EventLoop loop, Runnable whenDone) {
        this.loop = loop;
        this.whenDone = whenDone;
    }

    /** Queues an attempt. */
    void add(Runnable dial) {
        queue.add(dial);
    }

    /** Starts the first attempts. */
    void start() {
        for (int i = 0; i < MAX_CONCURRENT; i++) {
            next();
        }
    }

    private void next() {
        Runnable dial = queue.poll();
        if (dial != null) {
            connecting++;
            dial.run();
        }
    }

    /** Records that an attempt has succeeded, and starts the next one. */
    void connected() {
        connecting--;
        loop.execute(this::next);
        if (connecting == 0 && queue.isEmpty()) {
            whenDone.run();
        }
    }
}
