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
 * Admits joins to their rooms, in the conversations' order; safe for use by any thread.
 *
 * <p>All reads are done before, so that a turn is short however many joins wait. Each turn admits some of them, and the
 * conversation's messages run in between. A client that catches up is admitted while no message is on its way. At that
 * point the room's head is what was read plus what was broadcast since. The client receives all later events live.
 */
final class JoinAdmission {
    /** The most joins that one turn admits. */
    private static final int TURN = 50;

    /**
     * The number of tries after which a session is admitted without the newest messages it missed. The session is then
     * notified that there are more.
     */
    private static final int MOST_TRIES = 5;

    private record Door(String conversationId, boolean betweenMessages) {
        static Door of(PendingJoin join) {
            return new Door(join.conversationId(), join.catchesUp() || join.resumes());
        }
    }

    private final Map<Door, Queue<PendingJoin>> doors = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final RoomJoiner entry;
    private final PendingJoins joins;

    JoinAdmission(RoomJoiner entry, ConversationLanes lanes, PendingJoins joins) {
        this.entry = entry;
        this.lanes = lanes;
        this.joins = joins;
    }

    /** Admits the session at the next turn; never blocks. */
    void ready(PendingJoin join) {
        Door door = Door.of(join);
        boolean[] isFirst = {false};
        doors.compute(door, (key, found) -> {
            isFirst[0] = found == null;
            Queue<PendingJoin> queue = found == null ? new ArrayDeque<>() : found;
            queue.add(join);
            return queue;
        });
        if (isFirst[0]) {
            open(door);
        }
    }

    private void open(Door door) {
        Runnable turn = () -> turn(door);
        try {
            lanes.executeAdmission(
                    door.conversationId(),
                    LaneTask.step(door.betweenMessages() ? Waits.forAllMessages() : Waits.none(), turn));
        } catch (ChatException stopped) {
            Queue<PendingJoin> left = doors.remove(door);
            if (left != null) {
                left.forEach(join -> joins.refuse(join, stopped));
            }
        }
    }

    private void turn(Door door) {
        try {
            letIn(take(door, TURN));
        } finally {
            boolean isEmpty = doors.computeIfPresent(door, (key, queue) -> queue.isEmpty() ? null : queue) == null;
            if (!isEmpty) {
                open(door);
            }
        }
    }

    private List<PendingJoin> take(Door door, int most) {
        List<PendingJoin> taken = new ArrayList<>();
        doors.computeIfPresent(door, (key, queue) -> {
            while (!queue.isEmpty() && taken.size() < most) {
                taken.add(queue.remove());
            }
            return queue;
        });
        return taken;
    }

    private void letIn(List<PendingJoin> turn) {
        RoomJoiner.Turn entered = entry.begin();
        for (PendingJoin join : turn) {
            admit(join, entered);
        }
        entered.tellMissed();
        entered.admitted().forEach(admitted -> joins.finish(admitted.join(), () -> entry.announce(admitted)));
    }

    private void admit(PendingJoin join, RoomJoiner.Turn turn) {
        try {
            boolean isTrue = !join.isRevoked() && (join.tries() >= MOST_TRIES || turn.knowsTheWay(join));
            if (isTrue) {
                turn.admit(join);
            } else {
                joins.again(join);
            }
        } catch (Throwable failure) {
            joins.refuse(join, failure);
        }
    }
}
