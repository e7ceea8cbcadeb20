package io.roomcast.chat.internal;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each conversation's tasks one at a time, in order of arrival, on shared threads; safe for use by any thread.
 *
 * <p>A lane exists only while it has work. All lanes together, and each of them, are bounded.
 */
final class ConversationLanes {
    private static final Logger log = LoggerFactory.getLogger(ConversationLanes.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** After so many tasks a lane goes to the end of the executor's queue, so that a busy one starves nobody. */
    private static final int TURN = 16;

    private final ConcurrentHashMap<String, Queue<Runnable>> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Executor executor;
    private final int perLane;
    private final int total;
    private volatile boolean closed;

    ConversationLanes(Executor executor, int perLane, int total) {
        this.executor = executor;
        this.perLane = perLane;
        this.total = total;
    }

    /** Runs the task after all earlier ones of the conversation; refuses it where too much waits. */
    void inOrder(String conversationId, Runnable task) {
        admit();
        try {
            if (enqueue(conversationId, task)) {
                executor.execute(() -> work(conversationId));
            }
        } catch (ChatException refusal) {
            release();
            throw refusal;
        } catch (RejectedExecutionException stopped) {
            abandon(conversationId);
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    /** Runs the task soon, in no order; refuses it where too much waits. */
    void anyTime(Runnable task) {
        admit();
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException stopped) {
            release();
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    /** Counts first and asks then, so that a close that does not see the count is seen here. */
    private void admit() {
        boolean fits = admitted.incrementAndGet() <= total;
        if (closed) {
            release();
            throw ChatException.of(ErrorCode.SERVER_DRAINING);
        }
        if (!fits) {
            release();
            throw ChatException.rateLimited(RETRY_AFTER);
        }
    }

    /** Whether the lane was idle, so that somebody must begin to work on it. */
    private boolean enqueue(String conversationId, Runnable task) {
        boolean[] idle = {false};
        lanes.compute(conversationId, (id, found) -> {
            idle[0] = found == null;
            Queue<Runnable> lane = found == null ? new ArrayDeque<>(2) : found;
            if (lane.size() >= perLane) {
                throw ChatException.rateLimited(RETRY_AFTER);
            }
            lane.add(task);
            return lane;
        });
        return idle[0];
    }

    private void work(String conversationId) {
        for (int done = 0; done < TURN; done++) {
            Runnable task = next(conversationId);
            if (task == null) {
                return;
            }
            run(task);
        }
        try {
            executor.execute(() -> work(conversationId));
        } catch (RejectedExecutionException stopped) {
            abandon(conversationId);
        }
    }

    /** The lane's next task; where there is none the lane ends. */
    private @Nullable Runnable next(String conversationId) {
        Runnable[] task = {null};
        lanes.computeIfPresent(conversationId, (id, lane) -> {
            task[0] = lane.poll();
            return task[0] == null ? null : lane;
        });
        return task[0];
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            log.error("a task failed in its lane", fault);
        } finally {
            release();
        }
    }

    private void abandon(String conversationId) {
        Queue<Runnable> lane = lanes.remove(conversationId);
        if (lane != null) {
            lane.forEach(task -> release());
        }
    }

    private void release() {
        if (admitted.decrementAndGet() == 0 && closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** How many tasks wait or run. */
    int load() {
        return admitted.get();
    }

    /** Takes no more tasks, and waits for those that were taken; false if the time is over first. */
    synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (admitted.get() > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
