package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
 * <p>A lane exists only while it has work. All lanes together, and each of them, are bounded. A lane whose task waits for a
 * port of the host's keeps its order and occupies no thread.
 */
public final class ConversationLanes {
    private static final Logger log = LoggerFactory.getLogger(ConversationLanes.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** After so many tasks a lane goes to the end of the workers' queue, so that a busy one starves nobody. */
    private static final int TURN = 16;

    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    /** The admitted tasks that the number of sessions bounds. They do not count towards the total limit. */
    private final AtomicInteger unbounded = new AtomicInteger();

    private final WorkerPool workers;
    private final int perLane;
    private final int total;
    private final Consumer<String> afterTurn;
    private volatile boolean closed;

    /**
     * Lanes without work.
     *
     * @param afterTurn called with a conversation's id by the thread that worked in its lane, once another thread may
     */
    public ConversationLanes(WorkerPool workers, int perLane, int total, Consumer<String> afterTurn) {
        this.workers = workers;
        this.perLane = perLane;
        this.total = total;
        this.afterTurn = afterTurn;
    }

    /** Runs the task after all earlier ones of the conversation; refuses it where too much waits. */
    public void inOrder(String conversationId, Runnable task) {
        inOrder(conversationId, LaneTask.of(task));
    }

    /** Runs the task after all earlier ones of the conversation; false where too much waits, and it never will. */
    public boolean offer(String conversationId, Runnable task) {
        try {
            inOrder(conversationId, task);
            return true;
        } catch (ChatException busy) {
            log.debug("news of {} is not told: {}", conversationId, busy.code());
            return false;
        }
    }

    /** Starts the task once all earlier ones have begun, and those of its owner are done. */
    public void inOrder(String conversationId, LaneTask task) {
        admit();
        enqueue(conversationId, task, perLane);
    }

    private void enqueue(String conversationId, LaneTask task, int most) {
        try {
            if (wakes(conversationId, task, most)) {
                wake(conversationId, task);
            }
        } catch (ChatException refusal) {
            release();
            throw refusal;
        } catch (Throwable stopped) {
            abandon(conversationId);
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void wake(String conversationId, LaneTask first) {
        if (first.commits()) {
            workers.executeTogether(() -> work(conversationId));
        } else {
            workers.execute(() -> work(conversationId));
        }
    }

    /**
     * Returns whether a join may begin now. The owner's later tasks in the conversation wait until the join has
     * {@linkplain #joined ended}. Other owners' tasks go on.
     *
     * <p>Joins are not refused for their number, so that a crowd can reconnect. Each session limits its own joins.
     *
     * @param later begins the join; called after an earlier join of the owner has ended, if this method returns false
     */
    public boolean begins(String conversationId, Object owner, Runnable later) {
        admitUnbounded();
        boolean[] begins = {false};
        lanes.compute(conversationId, (id, found) -> {
            Lane lane = found == null ? new Lane() : found;
            begins[0] = lane.begins(LaneTask.join(owner, later));
            return lane;
        });
        return begins[0];
    }

    /** Notes that a join has ended, successfully or not. */
    public void joined(String conversationId, Object owner) {
        boolean[] wakes = {false};
        LaneTask next = inLane(conversationId, lane -> {
            LaneTask join = lane.joined(owner);
            wakes[0] = lane.wakes();
            return join;
        });
        if (wakes[0]) {
            workLater(conversationId);
        }
        releaseUnbounded();
        if (next != null) {
            start(next, next.preparation().get());
        }
    }

    /**
     * Runs a task that admits waiting joins, after all earlier tasks of the conversation. It is never refused for lack
     * of room, as a conversation needs only one.
     *
     * @throws ChatException if the threads have ended
     */
    public void letIn(String conversationId, LaneTask task) {
        admitted.incrementAndGet();
        enqueue(conversationId, task, Integer.MAX_VALUE);
    }

    /**
     * Runs a task for joins soon, in no particular order. It is never refused for lack of room.
     *
     * @throws ChatException if the threads have ended
     */
    public void forJoins(Runnable task) {
        unbounded.incrementAndGet();
        admitted.incrementAndGet();
        LaneTask alone = LaneTask.of(task);
        execute(
                () -> start(alone, alone.preparation().get()).whenComplete((done, failure) -> releaseUnbounded()),
                this::releaseUnbounded);
    }

    private void admitUnbounded() {
        unbounded.incrementAndGet();
        admitted.incrementAndGet();
        if (closed) {
            releaseUnbounded();
            throw ChatException.of(ErrorCode.SERVER_DRAINING);
        }
    }

    private void releaseUnbounded() {
        unbounded.decrementAndGet();
        release();
    }

    /** Runs the task soon, in no order; refuses it where too much waits. */
    public void anyTime(Runnable task) {
        anyTime(LaneTask.of(task));
    }

    /** Starts the task soon, in no order; refuses it where too much waits. */
    public void anyTime(LaneTask task) {
        admit();
        execute(() -> runAlone(task), this::release);
    }

    private void execute(Runnable task, Runnable orElse) {
        try {
            workers.execute(task);
        } catch (Throwable stopped) {
            orElse.run();
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void runAlone(LaneTask task) {
        CompletionStage<?> ready = prepare(task);
        if (isDone(ready)) {
            finishAlone(task, ready);
        } else {
            ready.whenComplete((answer, failure) -> continueLater(() -> finishAlone(task, ready)));
        }
    }

    private void finishAlone(LaneTask task, CompletionStage<?> ready) {
        start(task, ready).whenComplete((result, failure) -> release());
    }

    /** Counts first and asks then, so that a close that does not see the count is seen here. */
    private void admit() {
        boolean fits = admitted.incrementAndGet() - unbounded.get() <= total;
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
    private boolean wakes(String conversationId, LaneTask task, int most) {
        boolean[] wakes = {false};
        lanes.compute(conversationId, (id, found) -> {
            Lane lane = found == null ? new Lane() : found;
            if (lane.size() >= most) {
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
            if (task == null || !begin(conversationId, task)) {
                afterTurn.accept(conversationId);
                return;
            }
        }
        workLater(conversationId);
        afterTurn.accept(conversationId);
    }

    private void workLater(String conversationId) {
        try {
            workers.execute(() -> work(conversationId));
        } catch (Throwable stopped) {
            abandon(conversationId);
        }
    }

    private void continueLater(Runnable rest) {
        try {
            workers.execute(rest);
        } catch (Throwable stopped) {
            release();
        }
    }

    /** The lane's next task; where there is none the lane ends. */
    private @Nullable LaneTask next(String conversationId) {
        return inLane(conversationId, Lane::next);
    }

    /** Begins a task. Returns false if the task waits, in which case another thread continues the lane. */
    private boolean begin(String conversationId, LaneTask task) {
        CompletionStage<?> ready = prepare(task);
        if (isDone(ready)) {
            return run(conversationId, task, ready);
        }
        ready.whenComplete((answer, failure) -> continueLater(() -> {
            if (run(conversationId, task, ready)) {
                work(conversationId);
            }
        }));
        return false;
    }

    private boolean run(String conversationId, LaneTask task, CompletionStage<?> ready) {
        CompletionStage<?> outcome = start(task, ready);
        if (task.commits()) {
            outcome.whenComplete((result, failure) -> settle(conversationId, task.owner()));
            return true;
        }
        if (isDone(outcome)) {
            release();
            return true;
        }
        outcome.whenComplete((result, failure) -> {
            release();
            workLater(conversationId);
        });
        return false;
    }

    private static CompletionStage<?> prepare(LaneTask task) {
        try {
            return task.preparation().get();
        } catch (Throwable fault) {
            return CompletableFuture.failedStage(fault);
        }
    }

    private static CompletionStage<?> start(LaneTask task, CompletionStage<?> ready) {
        try {
            return task.work().apply(failure(ready));
        } catch (Throwable fault) {
            log.error("a task failed in its lane", fault);
            return CompletableFuture.failedStage(fault);
        }
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private static @Nullable Throwable failure(CompletionStage<?> ready) {
        CompletableFuture<?> done = ready.toCompletableFuture();
        return done.isCompletedExceptionally()
                ? done.handle((answer, failure) -> failure).join()
                : null;
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

    /** Whether tasks are refused. */
    public boolean isClosed() {
        return closed;
    }

    /** How many tasks wait or run. */
    public int load() {
        return admitted.get();
    }

    /** Takes no more tasks, and waits for those that were taken; false if the time is over first. */
    public synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(patience);
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
