package io.roomcast.chat.internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One conversation's waiting tasks, and the messages on their way into the store.
 *
 * <p>Messages overtake nothing and may be on their way together. Whatever else a session wants waits for the session's
 * own messages, so that nobody leaves a room before their message was told there. Not safe for use by several threads.
 */
final class Lane {
    private final Queue<LaneTask> waiting = new ArrayDeque<>(2);
    private final Map<Object, Integer> committing = new HashMap<>(2);
    private int commits;
    /** Whether a thread works here, or was asked to. */
    private boolean busy;

    void add(LaneTask task) {
        waiting.add(task);
    }

    /** How many tasks wait or are not done. */
    int size() {
        return waiting.size() + commits;
    }

    /** Whether a thread must be asked to work here; if so, the caller asks one. */
    boolean wakes() {
        boolean wakes = !busy && isReady();
        busy |= wakes;
        return wakes;
    }

    private boolean isReady() {
        LaneTask next = waiting.peek();
        return next != null && (next.commits() || !isHeldUp(next.owner()));
    }

    private boolean isHeldUp(Object owner) {
        return owner == LaneTask.EVERYBODY ? commits > 0 : committing.containsKey(owner);
    }

    /** The next task; null ends the work of the thread that asks. */
    @Nullable
    LaneTask next() {
        busy = isReady();
        LaneTask task = busy ? waiting.remove() : null;
        if (task != null && task.commits()) {
            commits++;
            committing.merge(task.owner(), 1, Integer::sum);
        }
        return task;
    }

    /** A message of the owner's is stored, or will never be. */
    void settled(Object owner) {
        commits--;
        committing.merge(owner, -1, (count, one) -> count == 1 ? null : count - 1);
    }

    /** Takes out all that waits; nobody will work here. */
    List<LaneTask> abandon() {
        List<LaneTask> left = List.copyOf(waiting);
        waiting.clear();
        busy = false;
        return left;
    }

    boolean isIdle() {
        return !busy && size() == 0;
    }
}
