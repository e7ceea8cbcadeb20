package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.model.ChatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Admits joins to their rooms in the conversations' order. Safe for use by any thread; never blocks.
 *
 * <p>All reads are done before, so an admission is short however many joins wait. Each task admits a batch, and the
 * conversation's messages run between batches. A client that catches up is admitted while no message is on its way to
 * the store. At that point the room's head is the position that was read, plus the events that were broadcast since. The
 * client receives all later events live.
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
        try {
            lanes.executeAdmission(key.conversationId(), LaneTask.step(key.waits(), () -> admitBatch(key)));
        } catch (ChatException stopped) {
            Queue<PendingJoin> left = queues.remove(key);
            if (left != null) {
                left.forEach(join -> joins.refuse(join, stopped));
            }
        }
    }

    private void admitBatch(QueueKey key) {
        try {
            admit(take(key));
        } finally {
            boolean isEmpty = queues.computeIfPresent(key, (same, queue) -> queue.isEmpty() ? null : queue) == null;
            if (!isEmpty) {
                schedule(key);
            }
        }
    }

    private List<PendingJoin> take(QueueKey key) {
        List<PendingJoin> batch = new ArrayList<>();
        queues.computeIfPresent(key, (same, queue) -> {
            while (!queue.isEmpty() && batch.size() < MAX_BATCH) {
                batch.add(queue.remove());
            }
            return queue;
        });
        return batch;
    }

    private void admit(List<PendingJoin> joins) {
        RoomJoiner.Batch batch = joiner.begin();
        joins.forEach(join -> admit(join, batch));
        batch.sendMissed();
        batch.admitted().forEach(admitted -> this.joins.finish(admitted.join(), () -> joiner.announce(admitted)));
    }

    private void admit(PendingJoin join, RoomJoiner.Batch batch) {
        try {
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
