package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/** Opens connections a few at a time; confined to the event loop. */
final class ConnectQueue {
    private static final int AT_ONCE = 50;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final EventLoop loop;
    private final Runnable whenDone;
    private int open;

    ConnectQueue(EventLoop loop, Runnable whenDone) {
        this.loop = loop;
        this.whenDone = whenDone;
    }

    void add(Runnable dial) {
        waiting.add(dial);
    }

    void start() {
        for (int i = 0; i < AT_ONCE; i++) {
            next();
        }
    }

    private void next() {
        Runnable dial = waiting.poll();
        if (dial != null) {
            open++;
            dial.run();
        }
    }

    /** Records that one of the dialled connections is open. */
    void opened() {
        open--;
        loop.execute(this::next);
        if (open == 0 && waiting.isEmpty()) {
            whenDone.run();
        }
    }
}
