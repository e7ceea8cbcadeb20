package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks the drain under all orders of two threads, also while calls of the store time out: each message is stored once
 * and answered, and none is left in a lane that no thread drains.
 */
@Tag("interleavings")
public class CommitLaneInterleavingsTest {
    private static final MessageDraft DRAFT = Drafts.text("room", "ann", "hello");

    /** Any result but those of an unavailable store. */
    private static final AppendResult RESULT = new AppendResult.Failed(ChatException.of(ErrorCode.FORBIDDEN));

    private final AtomicInteger seconds = new AtomicInteger();
    private final AtomicInteger storing = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final Queue<CompletionStage<AppendResult>> outcomes = new ConcurrentLinkedQueue<>();
    private volatile boolean overlapped;
    private final CommitLane lane = new CommitLane(this::store, () -> seconds.get() * 1_000_000_000L);

    private List<AppendResult> store(List<MessageDraft> group) {
        if (storing.incrementAndGet() > 1 + timeouts.get()) {
            overlapped = true;
        }
        stored.addAndGet(group.size());
        storing.decrementAndGet();
        return group.stream().map(draft -> RESULT).toList();
    }

    @Operation
    public void send() {
        outcomes.add(lane.add(DRAFT));
        lane.run();
    }

    @Operation(runOnce = true)
    public void sendAfterTimeout() {
        timeouts.incrementAndGet();
        seconds.addAndGet((int) CommitLane.STORE_TIMEOUT.toSeconds());
        send();
    }

    @Validate
    public void validate() {
        check(!overlapped, "two groups were stored at the same time");
        check(stored.get() == outcomes.size(), stored.get() + " of " + outcomes.size() + " messages were stored");
        check(
                outcomes.stream()
                        .allMatch(outcome -> outcome.toCompletableFuture().isDone()),
                "a message was not answered");
        int before = stored.get();
        lane.run();
        check(stored.get() == before, "a message was left in the lane");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void messages_are_stored_once_and_answered() {
        new ModelCheckingOptions()
                .iterations(6)
                .invocationsPerIteration(50)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
