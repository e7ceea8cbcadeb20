package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.room.RoomFeed;
import io.roomcast.chat.model.ChatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Admits joins to their rooms in the conversations' order. Safe for use by any thread; never blocks.
 *
 * <p>All reads are done before, so an admission is short however many joins wait. Each task admits a batch, and the
 * conversation's messages run between batches. A client that catches up is admitted while no message is on its way to
 * the store. At that point the room's position is the one that was read, plus the events that the room received since.
 * The client receives all later events live. A room that lacks events up to that position receives them first.
 */
final class JoinAdmission {
    /** The maximum number of joins that one task admits. */
    private static final int MAX_BATCH = 50;

    /**
     * The number of reads after which a session is admitted even if it lacks the newest messages. The session then
     * receives {@code syncRequired}.
     */
    private static final int MAX_READS = 5;

    /** Identifies a queue of joins. Those that catch up do not delay those that do not. */
    private record QueueKey(String conversationId, boolean betweenMessages) {
        static QueueKey of(PendingJoin join) {
            return new QueueKey(join.conversationId(), join.catchesUp() || join.resumes());
        }

        Waits waits() {
            return betweenMessages ? Waits.forAllMessages() : Waits.none();
        }
    }

    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private final Map<QueueKey, Queue<PendingJoin>> queues = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final RoomJoiner joiner;
    private final PendingJoins joins;

    JoinAdmission(RoomJoiner joiner, ConversationLanes lanes, PendingJoins joins) {
        this.joiner = joiner;
        this.lanes = lanes;
        this.joins = joins;
    }

    /** Enqueues a join whose reads are done. */
    void enqueue(PendingJoin join) {
        QueueKey key = QueueKey.of(join);
        boolean[] isFirst = {false};
        queues.compute(key, (same, found) -> {
            isFirst[0] = found == null;
            Queue<PendingJoin> queue = found == null ? new ArrayDeque<>() : found;
            queue.add(join);
            return queue;
        });
        if (isFirst[0]) {
            schedule(key);
        }
    }

    private void schedule(QueueKey key) {
        List<PendingJoin> batch = new ArrayList<>();
        try {
            lanes.executeAdmission(
                    key.conversationId(),
                    LaneTask.step(
                            key.waits(), () -> prepare(take(key, batch)), failure -> admitBatch(key, batch, failure)));
        } catch (ChatException stopped) {
            Queue<PendingJoin> left = queues.remove(key);
            if (left != null) {
                left.forEach(join -> joins.refuse(join, stopped));
            }
        }
    }

    private CompletionStage<?> prepare(List<PendingJoin> batch) {
        return joiner.bringUp(batch);
    }

    private CompletionStage<?> admitBatch(QueueKey key, List<PendingJoin> batch, @Nullable Throwable failure) {
        try {
            admit(batch, failure);
        } finally {
            boolean isEmpty = queues.computeIfPresent(key, (same, queue) -> queue.isEmpty() ? null : queue) == null;
            if (!isEmpty) {
                schedule(key);
            }
        }
        return DONE;
    }

    private List<PendingJoin> take(QueueKey key, List<PendingJoin> batch) {
        queues.computeIfPresent(key, (same, queue) -> {
            while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
                batch.add(queue.remove());
            }
            return queue;
        });
        return batch;
    }

    /** Pauses the feed, so that the sessions receive all events after the position that their answers name. */
    private void admit(List<PendingJoin> joins, @Nullable Throwable failure) {
        if (joins.isEmpty()) {
            return;
        }
        RoomFeed feed = joins.get(0).feed();
        feed.pause();
        try {
            RoomJoiner.Batch batch = joiner.begin();
            joins.forEach(join -> admit(join, batch, failure));
            batch.sendMissed();
            batch.admitted().forEach(admitted -> this.joins.finish(admitted.join(), () -> joiner.announce(admitted)));
        } finally {
            feed.resume();
        }
    }

    private void admit(PendingJoin join, RoomJoiner.Batch batch, @Nullable Throwable unreached) {
        try {
            if (unreached != null && RoomJoiner.isBehind(join)) {
                throw ChatException.from(unreached);
            }
            boolean isReady = !join.mustRestart() && (join.reads() >= MAX_READS || batch.reachesHead(join));
            if (isReady) {
                batch.admit(join);
            } else {
                joins.retry(join);
            }
        } catch (Throwable failure) {
            joins.refuse(join, failure);
        }
    }
}
