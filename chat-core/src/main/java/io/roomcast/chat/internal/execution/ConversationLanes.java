package io.roomcast.chat.internal.execution;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each conversation's tasks one at a time, in order of arrival, on shared workers; safe for use by any thread.
 *
 * <p>A lane exists only while it has tasks. Each lane is bounded, and so are all lanes together. While a task waits for
 * one of the host's ports, its lane keeps its order and occupies no thread.
 */
public final class ConversationLanes {
    private static final Logger log = LoggerFactory.getLogger(ConversationLanes.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** The number of tasks after which a lane goes to the end of the workers' queue, so that other lanes can run. */
    private static final int TASKS_PER_TURN = 16;

    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AdmittedTasks admitted;
    private final WorkerPool workers;
    private final int maxPerLane;
    private final Consumer<String> afterTurn;

    /**
     * Creates lanes without tasks.
     *
     * @param maxPerLane the most tasks of one conversation that may wait or run
     * @param maxTotal the most tasks of all conversations that may wait or run
     * @param afterTurn called with a conversation's id after a turn in its lane, by the thread that ran the turn;
     *     another thread may work in the lane by then
     */
    public ConversationLanes(WorkerPool workers, int maxPerLane, int maxTotal, Consumer<String> afterTurn) {
        this.workers = workers;
        this.maxPerLane = maxPerLane;
        this.admitted = new AdmittedTasks(maxTotal);
        this.afterTurn = afterTurn;
    }

    /**
     * Runs the task after all earlier ones of the conversation.
     *
     * @throws ChatException {@code rate_limited} if too many tasks wait, {@code server_draining} after {@link #close}
     */
    public void executeSerially(String conversationId, Runnable task) {
        executeSerially(conversationId, LaneTask.step(Waits.none(), task));
    }

    /** Runs the task after all earlier ones of the conversation. Returns false, and drops it, if too many wait. */
    public boolean tryExecute(String conversationId, Runnable task) {
        try {
            executeSerially(conversationId, task);
            return true;
        } catch (ChatException busy) {
            log.debug("dropped a task of {}: {}", conversationId, busy.code());
            return false;
        }
    }

    /**
     * Starts the task after all earlier ones have started, and after the messages that it {@linkplain Waits waits for}.
     *
     * @throws ChatException {@code rate_limited} if too many tasks wait, {@code server_draining} after {@link #close}
     */
    public void executeSerially(String conversationId, LaneTask task) {
        admitted.admit();
        enqueue(conversationId, task, maxPerLane);
    }

    private void enqueue(String conversationId, LaneTask task, int max) {
        try {
            if (addAndTryWake(conversationId, task, max)) {
                wake(conversationId, task);
            }
        } catch (ChatException refusal) {
            admitted.release();
            throw refusal;
        } catch (Throwable stopped) {
            abandon(conversationId);
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void wake(String conversationId, LaneTask first) {
        if (first.isMessage()) {
            workers.executeInBatch(() -> work(conversationId));
        } else {
            workers.execute(() -> work(conversationId));
        }
    }

    /**
     * Returns whether a join may begin now. The session's later tasks in the conversation wait until the join has
     * {@linkplain #endJoin ended}. Tasks of other sessions continue.
     *
     * <p>Joins are not limited here, so that many sessions can reconnect at the same time. Each session limits its own.
     *
     * @param later begins the join after an earlier one of the session has ended; called only if this method returns
     *     false
     * @throws ChatException {@code server_draining} after {@link #close}
     */
    public boolean tryBeginJoin(String conversationId, Object session, Runnable later) {
        admitted.admitExempt();
        boolean[] begins = {false};
        lanes.compute(conversationId, (id, found) -> {
            Lane lane = found == null ? new Lane() : found;
            begins[0] = lane.tryBegin(LaneTask.join(session, later));
            return lane;
        });
        return begins[0];
    }

    /** Records that a join has ended, successfully or not. Begins the session's next join, if one waits. */
    public void endJoin(String conversationId, Object session) {
        boolean[] wakes = {false};
        LaneTask next = inLane(conversationId, lane -> {
            LaneTask join = lane.endJoin(session);
            wakes[0] = lane.tryWake();
            return join;
        });
        if (wakes[0]) {
            workLater(conversationId);
        }
        admitted.releaseExempt();
        if (next != null) {
            start(next, next.preparation().get());
        }
    }

    /**
     * Runs a task that lets pending joins enter the room, after all earlier tasks of the conversation. It is not
     * limited, as a conversation has at most one.
     *
     * @throws ChatException {@code server_draining} if the workers have shut down
     */
    public void executeAdmission(String conversationId, LaneTask task) {
        admitted.admitFollowing();
        enqueue(conversationId, task, Integer.MAX_VALUE);
    }

    /**
     * Runs a task for joins, in no particular order. It is not limited.
     *
     * @throws ChatException {@code server_draining} if the workers have shut down
     */
    public void executeForJoins(Runnable task) {
        admitted.admitExemptFollowing();
        LaneTask alone = LaneTask.step(Waits.none(), task);
        submit(
                () -> start(alone, alone.preparation().get()).whenComplete((done, failure) -> admitted.releaseExempt()),
                admitted::releaseExempt);
    }

    /**
     * Runs the task, in no particular order.
     *
     * @throws ChatException {@code rate_limited} if too many tasks wait, {@code server_draining} after {@link #close}
     */
    public void execute(Runnable task) {
        execute(LaneTask.step(Waits.none(), task));
    }

    /** As {@link #execute(Runnable)}; without order, the task waits for no message. */
    public void execute(LaneTask task) {
        admitted.admit();
        submit(() -> runAlone(task), admitted::release);
    }

    private void submit(Runnable task, Runnable ifRejected) {
        try {
            workers.execute(task);
        } catch (Throwable stopped) {
            ifRejected.run();
            throw ChatException.of(ErrorCode.SERVER_DRAINING, stopped);
        }
    }

    private void runAlone(LaneTask task) {
        CompletionStage<?> ready = prepare(task);
        if (isDone(ready)) {
            finishAlone(task, ready);
        } else {
            ready.whenComplete((result, failure) -> continueLater(() -> finishAlone(task, ready)));
        }
    }

    private void finishAlone(LaneTask task, CompletionStage<?> ready) {
        start(task, ready).whenComplete((result, failure) -> admitted.release());
    }

    /** Adds the task. Returns whether the caller must ask a thread to work on the lane. */
    private boolean addAndTryWake(String conversationId, LaneTask task, int max) {
        boolean[] wakes = {false};
        lanes.compute(conversationId, (id, found) -> {
            Lane lane = found == null ? new Lane() : found;
            if (lane.size() >= max) {
                throw ChatException.rateLimited(RETRY_AFTER);
            }
            lane.add(task);
            wakes[0] = lane.tryWake();
            return lane;
        });
        return wakes[0];
    }

    /** Runs one turn of the lane. */
    private void work(String conversationId) {
        for (int started = 0; started < TASKS_PER_TURN; started++) {
            LaneTask task = inLane(conversationId, Lane::next);
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
            admitted.release();
        }
    }

    /** Begins a task. Returns false if the task waits, in which case another thread continues the lane. */
    private boolean begin(String conversationId, LaneTask task) {
        CompletionStage<?> ready = prepare(task);
        if (isDone(ready)) {
            return run(conversationId, task, ready);
        }
        ready.whenComplete((result, failure) -> continueLater(() -> {
            if (run(conversationId, task, ready)) {
                work(conversationId);
            }
        }));
        return false;
    }

    private boolean run(String conversationId, LaneTask task, CompletionStage<?> ready) {
        CompletionStage<?> outcome = start(task, ready);
        if (task.isMessage()) {
            Object session = requireNonNull(task.session());
            outcome.whenComplete((result, failure) -> endMessage(conversationId, session));
            return true;
        }
        if (isDone(outcome)) {
            admitted.release();
            return true;
        }
        outcome.whenComplete((result, failure) -> {
            admitted.release();
            workLater(conversationId);
        });
        return false;
    }

    private static CompletionStage<?> prepare(LaneTask task) {
        try {
            return task.preparation().get();
        } catch (Throwable fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private static CompletionStage<?> start(LaneTask task, CompletionStage<?> ready) {
        try {
            return task.work().apply(failureOf(ready));
        } catch (Throwable fault) {
            log.error("task of a lane failed", fault);
            return CompletableFuture.failedFuture(fault);
        }
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private static @Nullable Throwable failureOf(CompletionStage<?> ready) {
        CompletableFuture<?> done = ready.toCompletableFuture();
        return done.isCompletedExceptionally()
                ? done.handle((result, failure) -> failure).join()
                : null;
    }

    /** Records that a message is stored or has failed; called in the order in which the messages were stored. */
    private void endMessage(String conversationId, Object session) {
        Boolean wakes = inLane(conversationId, lane -> {
            lane.endMessage(session);
            return lane.tryWake();
        });
        if (Boolean.TRUE.equals(wakes)) {
            workLater(conversationId);
        }
        admitted.release();
    }

    /** Runs a step under the lane's lock, and removes the lane if it is idle then. Returns null if there is no lane. */
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
            lane.abandon().forEach(task -> admitted.release());
            return lane;
        });
    }

    /** Returns whether new tasks are refused. */
    public boolean isClosed() {
        return admitted.isClosed();
    }

    /** Returns how many tasks wait or run, of all conversations. */
    public int load() {
        return admitted.count();
    }

    /**
     * Refuses further tasks with {@code server_draining}, and blocks until all accepted ones have ended. Returns false
     * if that takes longer than the timeout.
     */
    public boolean close(Duration timeout) throws InterruptedException {
        return admitted.close(timeout);
    }
}
