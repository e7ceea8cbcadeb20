package io.roomcast.chat.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks one lane under all orders of two threads: its tasks never overlap, each runs once, tasks wait for the messages
 * that they name, and no task is left without a thread.
 */
@Tag("interleavings")
public class ConversationLanesInterleavingsTest {
    private static final String ROOM = "room";
    private static final String SESSION = "ann";

    private final ConversationLanes lanes =
            new ConversationLanes(new WorkerPool(Runnable::run), 100, 100, conversationId -> {});
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean isJoining;
    private volatile String fault = "";

    private void run() {
        if (running.incrementAndGet() > 1) {
            fault = "two tasks of the lane overlap";
        }
        done.incrementAndGet();
        running.decrementAndGet();
    }

    private void runAfterMessages() {
        if (messageHandedOver && !stored.isDone()) {
            fault = "a task did not wait for the message ahead of it";
        }
        run();
    }

    private volatile boolean messageHandedOver;

    @Operation(runOnce = true)
    public void send() {
        submitted.incrementAndGet();
        lanes.executeSerially(ROOM, LaneTask.message(SESSION, () -> {
            messageHandedOver = true;
            run();
            return stored;
        }));
    }

    @Operation(runOnce = true)
    public void store() {
        stored.complete(null);
    }

    @Operation
    public void step() {
        submitted.incrementAndGet();
        lanes.executeSerially(ROOM, LaneTask.step(Waits.none(), this::run));
    }

    @Operation(runOnce = true)
    public void leave() {
        submitted.incrementAndGet();
        lanes.executeSerially(ROOM, LaneTask.step(Waits.forOwnMessages(SESSION), this::runAfterMessages));
    }

    @Operation(runOnce = true)
    public void admit() {
        submitted.incrementAndGet();
        lanes.executeAdmission(ROOM, LaneTask.step(Waits.forAllMessages(), this::runAfterMessages));
    }

    @Operation(runOnce = true)
    public void beginJoin() {
        lanes.tryBeginJoin(ROOM, SESSION, () -> {});
        isJoining = true;
    }

    @Validate
    public void validate() {
        stored.complete(null);
        if (isJoining) {
            lanes.endJoin(ROOM, SESSION);
        }
        check(fault.isEmpty(), fault);
        check(done.get() == submitted.get(), done.get() + " of " + submitted.get() + " tasks have run");
        check(lanes.load() == 0, "the lane still counts tasks");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void tasks_run_once_in_order_and_wait_for_messages() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(60)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
