package io.roomcast.chat.internal;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** After so many tasks a lane goes to the end of the workers' queue, so that a busy one starves nobody. */
    private static final int TURN = 16;

    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Workers workers;
    private final int perLane;
    private final int total;
    private final Consumer<String> afterTurn;
    private volatile boolean closed;

    /**
     * Lanes without work.
     *
     * @param afterTurn called with a conversation's id by the thread that worked in its lane, once another thread may
     */
    ConversationLanes(Workers workers, int perLane, int total, Consumer<String> afterTurn) {
        this.workers = workers;
        this.perLane = perLane;
        this.total = total;
        this.afterTurn = afterTurn;
    }

    /** Runs the task after all earlier ones of the conversation; refuses it where too much waits. */
    void inOrder(String conversationId, Runnable task) {
        inOrder(conversationId, LaneTask.of(task));
    }

    /** Runs the task after all earlier ones of the conversation; false where too much waits, and it never will. */
    boolean offer(String conversationId, Runnable task) {
        try {
            inOrder(conversationId, task);
            return true;
        } catch (ChatException busy) {
            log.debug("news of {} is not told: {}", conversationId, busy.code());
            return false;
        }
    }

    /** Starts the task once all earlier ones have begun, and those of its owner are done. */
    void inOrder(String conversationId, LaneTask task) {
        admit();
        try {
            if (enqueue(conversationId, task)) {
                begin(conversationId, task);
            }
        } catch (ChatException refusal) {
            release();
            throw refusal;
        } catch (RejectedExecutionException stopped) {
            abandon(conversationId);
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void begin(String conversationId, LaneTask first) {
        if (first.commits()) {
            workers.executeTogether(() -> work(conversationId));
        } else {
            workers.execute(() -> work(conversationId));
        }
    }

    /** Runs the task soon, in no order; refuses it where too much waits. */
    void anyTime(Runnable task) {
        anyTime(LaneTask.of(task));
    }

    /** Starts the task soon, in no order; refuses it where too much waits. */
    void anyTime(LaneTask task) {
        admit();
        try {
            workers.execute(() -> runAlone(task));
        } catch (RejectedExecutionException stopped) {
            release();
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void runAlone(LaneTask task) {
        start(task).whenComplete((result, failure) -> release());
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

    /** Whether somebody must begin to work on the lane. */
    private boolean enqueue(String conversationId, LaneTask task) {
        boolean[] wakes = {false};
        lanes.compute(conversationId, (id, found) -> {
            Lane lane = found == null ? new Lane() : found;
            if (lane.size() >= perLane) {
                throw ChatException.rateLimited(RETRY_AFTER);
            }
            lane.add(task);
            wakes[0] = lane.wakes();
            return lane;
        });
        return wakes[0];
    }

    private void work(String conversationId) {
        for (int done = 0; done < TURN; done++) {
            LaneTask task = next(conversationId);
            if (task == null) {
                afterTurn.accept(conversationId);
                return;
            }
            run(conversationId, task);
        }
        workLater(conversationId);
        afterTurn.accept(conversationId);
    }

    private void workLater(String conversationId) {
        try {
            workers.execute(() -> work(conversationId));
        } catch (RejectedExecutionException stopped) {
            abandon(conversationId);
        }
    }

    /** The lane's next task; where there is none the lane ends. */
    private @Nullable LaneTask next(String conversationId) {
        return inLane(conversationId, Lane::next);
    }

    private void run(String conversationId, LaneTask task) {
        CompletionStage<?> outcome = start(task);
        if (task.commits()) {
            outcome.whenComplete((result, failure) -> settle(conversationId, task.owner()));
        } else {
            release();
        }
    }

    private static CompletionStage<?> start(LaneTask task) {
        try {
            return task.work().get();
        } catch (Throwable fault) {
            log.error("a task failed in its lane", fault);
            return CompletableFuture.failedStage(fault);
        }
    }

    /** Called in the order in which the conversation's messages were stored. */
    private void settle(String conversationId, Object owner) {
        Boolean wakes = inLane(conversationId, lane -> {
            lane.settled(owner);
            return lane.wakes();
        });
        if (Boolean.TRUE.equals(wakes)) {
            workLater(conversationId);
        }
        release();
    }

    private <T> @Nullable T inLane(String conversationId, Function<Lane, @Nullable T> step) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        lanes.computeIfPresent(conversationId, (id, lane) -> {
            result.set(step.apply(lane));
            return lane.isIdle() ? null : lane;
        });
        return result.get();
    }

    private void abandon(String conversationId) {
        inLane(conversationId, lane -> {
            lane.abandon().forEach(task -> release());
            return lane;
        });
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
