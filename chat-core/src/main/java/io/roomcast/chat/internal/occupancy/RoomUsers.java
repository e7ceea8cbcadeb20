package io.roomcast.chat.internal.occupancy;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows which users are in the rooms of this node on all nodes. Does nothing on a single node. Safe for use by any thread;
 * never blocks.
 *
 * <p>A room exists here as long as this node subscribes to it. The listener is called in the conversation's order, as
 * local joins are, so that the events of a user have the order of the decisions.
 */
public final class RoomUsers {
    /** The time after which an overloaded conversation is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Knows the rooms of this node, and is called in the conversation's order with what changed on other nodes. */
    public interface Listener {
        /** Returns the number of sessions in the room on this node; called on any thread. */
        int sessions(String conversationId);

        /** Returns the number of users typing on this node if the room is large, else 0; called on any thread. */
        int typing(String conversationId);

        /** The number of users, sessions or typing users on other nodes may have changed. */
        void changed(String conversationId);

        /** The user is in the room on another node, and was on none before. */
        void joined(String conversationId, String userId);

        /** The user is in the room on no node any longer. */
        void left(String conversationId, String userId);

        /** The user began or ended viewing. */
        void viewing(String conversationId, String userId, boolean isViewing);
    }

    private final Map<String, SharedRoom> rooms = new ConcurrentHashMap<>();
    private final NodeStates states;
    private final ConversationLanes lanes;
    private final SafeScheduler scheduler;

    @Nullable
    private volatile Listener listener;

    /** Creates an instance without rooms. */
    public RoomUsers(NodeStates states, ConversationLanes lanes, SafeScheduler scheduler) {
        this.states = states;
        this.lanes = lanes;
        this.scheduler = scheduler;
    }

    /** Sets the listener. Called once, before the first event. */
    public void onChange(Listener added) {
        listener = added;
    }

    /** Records that this node subscribes to the room. */
    public void open(String conversationId) {
        SharedRoom room = new SharedRoom(states, conversationId, requireNonNull(listener), this::schedule);
        if (rooms.putIfAbsent(conversationId, room) == null) {
            states.open(Channel.conversation(conversationId), room);
        }
    }

    /** Reads who is in the room on other nodes, after this node subscribed to it. The stage never fails. */
    public CompletionStage<Void> read(String conversationId) {
        return states.readFirst(Channel.conversation(conversationId));
    }

    /** Forgets the room, to which this node is no longer subscribed. */
    public void close(String conversationId) {
        rooms.remove(conversationId);
        states.close(Channel.conversation(conversationId));
    }

    private void schedule(SharedRoom room) {
        if (!lanes.tryExecute(room.conversationId(), room::compare)) {
            Future<?> unused = scheduler.schedule(RETRY, () -> schedule(room));
        }
    }

    /** Records that the user joined the room on this node. Returns whether the user was in the room on no node. */
    public boolean joined(String conversationId, String userId) {
        SharedRoom room = rooms.get(conversationId);
        if (room == null) {
            return true;
        }
        boolean isNew = room.join(userId);
        states.announce(Channel.conversation(conversationId));
        return isNew;
    }

    /**
     * Records that the user left the room on this node. Returns whether the user is in the room on no node any longer,
     * which is reported once.
     *
     * @param hasLeft whether the user has no session in the room on this node
     */
    public boolean left(String conversationId, String userId, BooleanSupplier hasLeft) {
        SharedRoom room = rooms.get(conversationId);
        if (!hasLeft.getAsBoolean()) {
            return false;
        } else if (room == null) {
            return true;
        }
        boolean isLast = room.leave(userId, hasLeft);
        states.announce(Channel.conversation(conversationId));
        return isLast;
    }

    /**
     * Records that the user begins or ends viewing on this node. Returns whether that changes what clients know: the user
     * may be viewing on another node.
     */
    public boolean viewing(String conversationId, String userId, boolean isViewing) {
        SharedRoom room = rooms.get(conversationId);
        if (room == null) {
            return true;
        }
        boolean isNew = room.view(userId, isViewing);
        states.announce(Channel.conversation(conversationId));
        return isNew;
    }

    /** Announces that the number of sessions or typing users on this node changed. */
    public void changed(String conversationId) {
        if (rooms.containsKey(conversationId)) {
            states.announce(Channel.conversation(conversationId));
        }
    }

    /** Returns the number of sessions in the room on other nodes. */
    public int sessionsElsewhere(String conversationId) {
        SharedRoom room = rooms.get(conversationId);
        return room == null ? 0 : room.elsewhere().sessions();
    }

    /** Returns the number of users typing on other nodes, if the room is large there. */
    public int typingElsewhere(String conversationId) {
        SharedRoom room = rooms.get(conversationId);
        return room == null ? 0 : room.elsewhere().typing();
    }

    /** Returns whether the user is in the room on another node. */
    public boolean isElsewhere(String conversationId, String userId) {
        SharedRoom room = rooms.get(conversationId);
        return room != null && room.elsewhere().isJoined(userId);
    }

    /**
     * Returns the number of users that are in the room on all nodes.
     *
     * @param onlineHere the number on this node, which is the result on a single node
     */
    public int online(String conversationId, int onlineHere) {
        SharedRoom room = rooms.get(conversationId);
        return room == null ? onlineHere : room.online();
    }

    /**
     * Returns the users who are viewing the conversation on other nodes. Reads them if this node does not subscribe to the
     * room, or has begun just now. Without what cannot be read.
     */
    public CompletionStage<Set<String>> readViewersElsewhere(String conversationId) {
        SharedRoom room = rooms.get(conversationId);
        if (room != null && room.isSettled()) {
            return CompletableFuture.completedStage(room.elsewhere().viewers());
        }
        Channel channel = Channel.conversation(conversationId);
        return states.peek(List.of(channel)).thenApply(read -> {
            Set<String> viewers = new HashSet<>(
                    UsersElsewhere.of(read.getOrDefault(channel, List.of())).viewers());
            if (room != null) {
                viewers.addAll(room.elsewhere().viewers());
            }
            return viewers;
        });
    }
}
