package io.roomcast.chat.internal.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds one conversation's waiting tasks, and counts its messages on their way to the store. Not safe for use by
 * several threads.
 *
 * <p>Messages overtake no task, and several may be on their way at once. A session's other tasks wait for its own
 * messages, so that a user never leaves a room before the user's message was sent there.
 *
 * <p>The reads for a joining session run outside the lane. Its next tasks are set aside until it is in the room, and
 * other sessions' tasks go on.
 */
final class Lane {
    private final Queue<LaneTask> waiting = new ArrayDeque<>(2);
    private final Map<Object, Integer> committing = new HashMap<>(2);
    /** Deferred tasks of owners that are joining; created for the first one. */
    private Map<Object, Queue<LaneTask>> joining = Map.of();

    private int aside;
    private int commits;
    /** Whether a thread works here, or was asked to. */
    private boolean busy;

    void add(LaneTask task) {
        Queue<LaneTask> behindJoin = joining.get(task.owner());
        if (behindJoin == null) {
            waiting.add(task);
        } else {
            putAside(behindJoin, task);
        }
    }

    private void putAside(Queue<LaneTask> behindJoin, LaneTask task) {
        behindJoin.add(task);
        aside += task.joins() ? 0 : 1;
    }

    /** How many tasks wait or are not done; joins are counted elsewhere. */
    int size() {
        return waiting.size() + aside + commits;
    }

    /** Whether a join may begin now; else it is put aside behind an earlier one of its owner. */
    boolean begins(LaneTask join) {
        Queue<LaneTask> behindJoin = joining.get(join.owner());
        if (behindJoin != null) {
            putAside(behindJoin, join);
            return false;
        }
        if (joining.isEmpty()) {
            joining = new HashMap<>(2);
        }
        joining.put(join.owner(), new ArrayDeque<>(0));
        return true;
    }

    /**
     * Notes that the owner's join has ended, and moves the owner's deferred tasks to the front. Stops at the next join
     * and returns it, as it must begin now.
     */
    @Nullable
    LaneTask joined(Object owner) {
        Queue<LaneTask> behindJoin = joining.getOrDefault(owner, new ArrayDeque<>(0));
        while (!behindJoin.isEmpty()) {
            LaneTask next = behindJoin.remove();
            if (next.joins()) {
                return next;
            }
            aside--;
            waiting.add(next);
        }
        joining.remove(owner);
        return null;
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
        List<LaneTask> left = new ArrayList<>(waiting);
        waiting.clear();
        busy = false;
        return left;
    }

    boolean isIdle() {
        return !busy && size() == 0 && joining.isEmpty();
    }
}
