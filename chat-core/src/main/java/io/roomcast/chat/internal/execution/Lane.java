package io.roomcast.chat.internal.execution;

import static java.util.Objects.requireNonNull;

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
 * <p>Tasks start in order of arrival. Several messages may be on their way at the same time. Other tasks wait for those
 * messages that their {@link Waits} name.
 *
 * <p>A join reads outside the lane. Meanwhile the session's later tasks are deferred, and other sessions' tasks
 * continue.
 */
final class Lane {
    private final Queue<LaneTask> waiting = new ArrayDeque<>(2);

    /** The number of messages on their way to the store, by session. */
    private final Map<Object, Integer> messagesOf = new HashMap<>(2);

    /** The deferred tasks of sessions that are joining; created for the first one. */
    private Map<Object, Queue<LaneTask>> deferredBy = Map.of();

    /** The deferred tasks that are not joins. */
    private int deferred;

    /** The messages on their way to the store, of all sessions. */
    private int messages;

    /** Whether a thread works on the lane, or was asked to. */
    private boolean busy;

    void add(LaneTask task) {
        Queue<LaneTask> behindJoin = behindJoin(task.session());
        if (behindJoin == null) {
            waiting.add(task);
        } else {
            defer(behindJoin, task);
        }
    }

    private @Nullable Queue<LaneTask> behindJoin(@Nullable Object session) {
        return session == null ? null : deferredBy.get(session);
    }

    private void defer(Queue<LaneTask> behindJoin, LaneTask task) {
        behindJoin.add(task);
        deferred += task.isJoin() ? 0 : 1;
    }

    /** Returns how many tasks wait or are not done. Does not count joins, which {@link ConversationLanes} counts. */
    int size() {
        return waiting.size() + deferred + messages;
    }

    /** Returns whether the join may begin now. If not, defers it behind an earlier join of its session. */
    boolean tryBegin(LaneTask join) {
        Object session = requireNonNull(join.session());
        Queue<LaneTask> behindJoin = deferredBy.get(session);
        if (behindJoin != null) {
            defer(behindJoin, join);
            return false;
        }
        if (deferredBy.isEmpty()) {
            deferredBy = new HashMap<>(2);
        }
        deferredBy.put(session, new ArrayDeque<>(0));
        return true;
    }

    /**
     * Records that the session's join has ended, and appends its deferred tasks to the waiting ones. Stops at the next
     * join and returns it, as it must begin now.
     */
    @Nullable
    LaneTask endJoin(Object session) {
        Queue<LaneTask> behindJoin = deferredBy.getOrDefault(session, new ArrayDeque<>(0));
        while (!behindJoin.isEmpty()) {
            LaneTask next = behindJoin.remove();
            if (next.isJoin()) {
                return next;
            }
            deferred--;
            waiting.add(next);
        }
        deferredBy.remove(session);
        return null;
    }

    /** Returns whether the caller must ask a thread to work on the lane. */
    boolean tryWake() {
        boolean wakes = !busy && isReady();
        busy |= wakes;
        return wakes;
    }

    private boolean isReady() {
        LaneTask next = waiting.peek();
        return next != null && (next.isMessage() || !next.waits().includeAnyOf(messagesOf.keySet()));
    }

    /** Returns the next task. Returns null if none is ready, and then the calling thread stops working on the lane. */
    @Nullable
    LaneTask next() {
        busy = isReady();
        LaneTask task = busy ? waiting.remove() : null;
        if (task != null && task.isMessage()) {
            messages++;
            messagesOf.merge(requireNonNull(task.session()), 1, Integer::sum);
        }
        return task;
    }

    /** Records that a message of the session is stored or has failed. */
    void endMessage(Object session) {
        messages--;
        messagesOf.merge(session, -1, (count, one) -> count == 1 ? null : count - 1);
    }

    /** Removes and returns all waiting tasks, because no thread will work on the lane any more. */
    List<LaneTask> abandon() {
        List<LaneTask> left = new ArrayList<>(waiting);
        waiting.clear();
        busy = false;
        return left;
    }

    boolean isIdle() {
        return !busy && size() == 0 && deferredBy.isEmpty();
    }
}
