package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows about a room or a user, whole. Also the node's entry in the channel. Of two states of a node in
 * one channel, the one with the higher number is valid.
 */
public sealed interface NodeState extends ClusterEvent {
    /** Returns the number, which the node increases with each state that it announces. */
    long number();

    /** Returns the channel of the states that this one replaces. */
    Channel channel();

    /** Returns whether the node has no user to report. */
    boolean isEmpty();

    /** Returns whether the next state of the node follows after a second at the earliest. */
    boolean isPaced();

    /**
     * The state of a user in a room on one node. Immutable.
     *
     * @param userId the user's id, or the session's id if it has no user
     * @param isJoined whether a session of the user is in the room
     * @param isViewing whether a session of the user is viewing the room
     */
    record RoomUser(String userId, boolean isJoined, boolean isViewing) {
        /** Rejects null. */
        public RoomUser {
            requireNonNull(userId, "userId");
        }
    }

    /**
     * The users of a room on one node. In the channel of the conversation.
     *
     * @param online the number of users who joined the room
     * @param users all users who joined or are viewing the room; if they are too many, only the one who joined or left
     *     last
     * @param sessions the number of sessions in the room
     * @param typing the number of users who are typing, if the room is large; else 0
     */
    record RoomState(String conversationId, long number, int online, List<RoomUser> users, int sessions, int typing)
            implements NodeState {
        /** Copies the users. */
        public RoomState {
            requireNonNull(conversationId, "conversationId");
            users = List.copyOf(users);
        }

        @Override
        public Channel channel() {
            return Channel.conversation(conversationId);
        }

        @Override
        public boolean isEmpty() {
            return online == 0 && users.isEmpty();
        }

        /** Returns whether there are users whom the state does not list. */
        public boolean isPartial() {
            return online > users.size();
        }

        @Override
        public boolean isPaced() {
            return isPartial();
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The presence of a user on one node. In the channel of the user.
     *
     * @param lastSeenAt when the user's last session on the node ended; null if the user is not offline there, or if the
     *     time is unknown
     */
    record UserState(
            String userId,
            long number,
            Presence.Status status,
            @Nullable Instant lastSeenAt) implements NodeState {
        /** Rejects null for required components. */
        public UserState {
            requireNonNull(userId, "userId");
            requireNonNull(status, "status");
        }

        @Override
        public Channel channel() {
            return Channel.user(userId);
        }

        @Override
        public boolean isEmpty() {
            return status == Presence.Status.OFFLINE && lastSeenAt == null;
        }

        @Override
        public boolean isPaced() {
            return false;
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }
}
