package io.roomcast.chat.socketio.budget;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Measures what the threads of a server allocate, which does not depend on the load of the machine. */
final class AllocatedBytes {
    private static final int WARM_UP = 500;
    private static final int ROUNDS = 9;
    private static final int REPETITIONS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /**
     * Returns the bytes that one run of a client allocates on all threads but its own, the median of several rounds. The
     * client waits for the server's response.
     */
    static long per(Runnable client) {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            repeat(client, WARM_UP);
            long[] rounds = new long[ROUNDS];
            Arrays.setAll(rounds, round -> round(client));
            Arrays.sort(rounds);
            return rounds[ROUNDS / 2];
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static long round(Runnable client) {
        long before = ofOtherThreads();
        repeat(client, REPETITIONS);
        return (ofOtherThreads() - before) / REPETITIONS;
    }

    private static void repeat(Runnable client, int times) {
        for (int i = 0; i < times; i++) {
            client.run();
        }
    }

    private static long ofOtherThreads() {
        long own = Thread.currentThread().getId();
        long[] others =
                Arrays.stream(THREADS.getAllThreadIds()).filter(id -> id != own).toArray();
        return Arrays.stream(THREADS.getThreadAllocatedBytes(others))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
