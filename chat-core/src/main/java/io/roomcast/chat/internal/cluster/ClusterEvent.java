package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node notifies others of. Immutable.
 *
 * <p>For a new type add a record here, its method to {@link Visitor}, and a {@link FrameKind} with a reader; the
 * compiler names the rest.
 */
public sealed interface ClusterEvent {
    /** Calls the visitor's method for the type of this event. */
    <A> void accept(Visitor<A> visitor, A argument);

    /** A message was stored. In the channel of its conversation. */
    record MessageStored(Message message) implements ClusterEvent {
        /** Rejects null. */
        public MessageStored {
            requireNonNull(message, "message");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /** A message changed. In the channel of its conversation. */
    record Change(MessageChanged event) implements ClusterEvent {
        /** Rejects null. */
        public Change {
            requireNonNull(event, "event");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The store holds at least the messages and changes up to a position. In the channel of the conversation, in place
     * of an event that is too large, and after events that may be lost.
     */
    record Head(String conversationId, Position position) implements ClusterEvent {
        /** Rejects null. */
        public Head {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(position, "position");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * A user began or ended typing. In the channel of the conversation.
     *
     * @param expiresIn how long the user counts as typing if no other event follows; zero if the user ended
     */
    record Ephemeral(String conversationId, String userId, boolean isTyping, Duration expiresIn)
            implements ClusterEvent {
        /** Rejects null. */
        public Ephemeral {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(userId, "userId");
            requireNonNull(expiresIn, "expiresIn");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * An event of the application's own for a room. In the channel of the conversation.
     *
     * @param userId the user who sent it, or null if the host did
     * @param data a JSON value as text, or null
     * @param toUserIds the users in the room who receive it; empty for all
     */
    record RoomEvent(
            String conversationId,
            @Nullable String userId,
            String name,
            @Nullable String data,
            Instant at,
            List<String> toUserIds)
            implements ClusterEvent {
        /** Copies the ids. */
        public RoomEvent {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(name, "name");
            requireNonNull(at, "at");
            toUserIds = List.copyOf(toUserIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * An event of the host's own for a user. In the channel of the user.
     *
     * @param data a JSON value as text, or null
     */
    record UserEvent(String userId, String name, @Nullable String data, Instant at) implements ClusterEvent {
        /** Rejects null for required components. */
        public UserEvent {
            requireNonNull(userId, "userId");
            requireNonNull(name, "name");
            requireNonNull(at, "at");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /** A user received or read more messages. In the channel of the conversation. */
    record Receipt(io.roomcast.chat.model.Receipt receipt) implements ClusterEvent {
        /** Rejects null. */
        public Receipt {
            requireNonNull(receipt, "receipt");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * What one node knows about a room or a user, whole. Also the node's entry in the channel. Of two states of a node in
     * one channel, the one with the higher number is valid.
     */
    sealed interface NodeState extends ClusterEvent {
        /** Returns the number, which the node increases with each state that it announces. */
        long number();

        /** Returns the channel of the states that this one replaces. */
        Channel channel();

        /** Returns whether the node has no user to report. */
        boolean isEmpty();

        /** Returns whether the next state of the node follows after a second at the earliest. */
        boolean isPaced();
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

    /**
     * The presence of a user changed, on all nodes together. In the channels of the user's rooms.
     *
     * @param conversationIds the rooms of the user that receive the event, the one of the channel first
     */
    record PresenceUpdate(Presence presence, List<String> conversationIds) implements ClusterEvent {
        /** Copies the ids. */
        public PresenceUpdate {
            requireNonNull(presence, "presence");
            conversationIds = List.copyOf(conversationIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The number of a user's unread messages changed. In the channel of the user.
     *
     * @param lastMessage the newest message if it is new, or null if the user has read messages
     */
    record UnreadNotice(
            String userId,
            String conversationId,
            long latestSeq,
            long readSeq,
            @Nullable MessagePreview lastMessage) implements ClusterEvent {
        /** Rejects null for required components. */
        public UnreadNotice {
            requireNonNull(userId, "userId");
            requireNonNull(conversationId, "conversationId");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * A conversation of a user changed, such as its title or its members. In the channel of the user. The receiver reads
     * the conversation, once for all its users.
     *
     * @param subjectId the user whose membership changed, or null if none did
     * @param actorId the user who made the change, or null if the host did
     */
    record ConversationNotice(
            String userId,
            String conversationId,
            Cause cause,
            @Nullable String subjectId,
            @Nullable String actorId) implements ClusterEvent {
        /** What changed. */
        public enum Cause {
            /** The conversation was created, or its title, metadata or roles changed. */
            UPDATED,
            /** A user was added. */
            MEMBER_ADDED,
            /** A user was removed. */
            MEMBER_REMOVED,
            /** A member's role changed. */
            MEMBER_UPDATED,
            /** The conversation was deleted. */
            DELETED,
            /** The user of the channel changed the user's own preferences. */
            PREFERENCES,
            /** A message that mentions the user of the channel was stored or deleted. */
            MENTIONS
        }

        /** Rejects null for required components. */
        public ConversationNotice {
            requireNonNull(userId, "userId");
            requireNonNull(conversationId, "conversationId");
            requireNonNull(cause, "cause");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * This node lives. In the channel of all nodes, every few seconds.
     *
     * @param nodeName the name that the operator gave to the node
     * @param version the newest version of frames that the node reads
     * @param isDraining whether the node is about to stop
     */
    record Heartbeat(String nodeName, int version, boolean isDraining) implements ClusterEvent {
        /** Rejects null. */
        public Heartbeat {
            requireNonNull(nodeName, "nodeName");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /** This node stops now. In the channel of all nodes. */
    record NodeLeaving() implements ClusterEvent {
        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Cached settings of users are no longer valid. In the channel of all nodes.
     *
     * @param conversationId the conversation in which they changed
     * @param userIds the users to whom this applies
     * @param areRemoved whether the users are no longer members
     */
    record Invalidate(String conversationId, List<String> userIds, boolean areRemoved) implements ClusterEvent {
        /** Copies the ids. */
        public Invalidate {
            requireNonNull(conversationId, "conversationId");
            userIds = List.copyOf(userIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Requests an action of other nodes. In the channel of a user or of all nodes. Each node responds, and carries out a
     * request only once.
     *
     * @param id the id of the request, random
     * @param conversationId the conversation, or null if the action needs none
     * @param userId the user, or null if the action needs none
     */
    record Request(
            long id,
            Action action,
            @Nullable String conversationId,
            @Nullable String userId) implements ClusterEvent {
        /** What is requested. */
        public enum Action {
            /** End the user's sessions. */
            REVOKE,
            /** Remove the user's sessions from the room. */
            KICK,
            /** Remove the user, who is no longer a member, from the room. */
            REMOVE_MEMBER,
            /** Apply the user's new role. */
            CHANGE_ROLE,
            /** Not used. */
            LIMIT_SESSIONS,
            /** Respond with the users that were revoked or removed from rooms in the last hour, and how long ago. */
            RECENT_REVOCATIONS,
            /** Compare all rooms with the store, because the requesting node may have lost frames. */
            RESYNC,
            /** Forget the user, who was erased. */
            FORGET_USER,
            /** Close the room of a conversation that the user, or the host if there is none, has deleted. */
            DELETE_CONVERSATION
        }

        /** Rejects null for required components. */
        public Request {
            requireNonNull(action, "action");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Responds to a request. In the channel of the node that made it.
     *
     * @param requestId the id of the request
     * @param userIds the users that the request asked for; else empty
     */
    record Response(long requestId, List<String> userIds) implements ClusterEvent {
        /** Copies the ids. */
        public Response {
            userIds = List.copyOf(userIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Answers a request that asks for something. In the channel of the node that made it.
     *
     * @param requestId the id of the request
     * @param items what was asked for, or a part of it
     */
    record Answer(long requestId, List<Item> items) implements ClusterEvent {
        private static final int MAX_BYTES_PER_CHAR = 3;
        private static final int BYTES_PER_ITEM = 12;
        private static final int MAX_BYTES = 40_000;
        private static final char DIVIDER = '\n';

        /**
         * A part of an answer.
         *
         * @param id the id of a user, or the ids of a room and a user divided by a line feed, which no id contains
         * @param since the time that has passed since something happened to it
         */
        public record Item(String id, Duration since) {
            /** Rejects null. */
            public Item {
                requireNonNull(id, "id");
                requireNonNull(since, "since");
            }

            /** Returns an item about a user in a room. */
            public static Item ofRoom(String conversationId, String userId, Duration since) {
                return new Item(conversationId + DIVIDER + userId, since);
            }

            /** Returns the id of the room, or null if the item is about the user in all rooms. */
            public @Nullable String conversationId() {
                int divider = id.indexOf(DIVIDER);
                return divider < 0 ? null : id.substring(0, divider);
            }

            /** Returns the id of the user. */
            public String userId() {
                return id.substring(id.indexOf(DIVIDER) + 1);
            }

            private int maxBytes() {
                return BYTES_PER_ITEM + MAX_BYTES_PER_CHAR * id.length();
            }
        }

        /** Copies the items. */
        public Answer {
            items = List.copyOf(items);
        }

        /** Returns one or more answers with all items, each of which fits into a frame. */
        public static List<Answer> of(long requestId, List<Item> items) {
            List<Answer> answers = new ArrayList<>();
            List<Item> next = new ArrayList<>();
            int bytes = 0;
            for (Item item : items) {
                bytes += item.maxBytes();
                if (bytes > MAX_BYTES) {
                    answers.add(new Answer(requestId, next));
                    next = new ArrayList<>();
                    bytes = item.maxBytes();
                }
                next.add(item);
            }
            answers.add(new Answer(requestId, next));
            return answers;
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The sessions of a user on this node. In the channel of the user.
     *
     * @param asks whether other nodes with sessions of the user send theirs
     * @param sessions the sessions, of which those with the highest ranks end first
     */
    record UserSessions(String userId, boolean asks, List<RankedSession> sessions) implements ClusterEvent {
        /** A session, and its rank. */
        public record RankedSession(String id, long rank) {
            /** Rejects null. */
            public RankedSession {
                requireNonNull(id, "id");
            }
        }

        /** Copies the sessions. */
        public UserSessions {
            requireNonNull(userId, "userId");
            sessions = List.copyOf(sessions);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Requests the node that holds a value to keep it on the bus now. In the channel of all nodes. That node alone
     * answers, after it has done so.
     *
     * @param requestId the id of the request, random
     * @param key the hash of the secret that identifies the value
     * @param ownerId the user to whom the value must belong, or null for an anonymous client
     */
    record Release(long requestId, String key, @Nullable String ownerId) implements ClusterEvent {
        /** Rejects null for required components. */
        public Release {
            requireNonNull(key, "key");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The host changed a user. In the channel of all nodes, or of a conversation whose room has a session of the user.
     *
     * @param name the name that everyone may see; null if unknown
     * @param avatarUrl the address of a picture, or null
     * @param metadata a JSON object, or null
     * @param conversationIds the rooms to notify
     * @param isKnown whether the receivers notify their sessions; otherwise they only forget the user
     * @param spreads whether nodes with sessions of the user notify further rooms
     */
    record UserChange(
            String userId,
            @Nullable String name,
            @Nullable String avatarUrl,
            @Nullable String metadata,
            List<String> conversationIds,
            boolean isKnown,
            boolean spreads)
            implements ClusterEvent {
        /** Copies the ids. */
        public UserChange {
            requireNonNull(userId, "userId");
            conversationIds = List.copyOf(conversationIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Handles events, with one method for each type.
     *
     * @param <A> what the caller passes along
     */
    interface Visitor<A> {
        /** Handles a stored message. */
        void visit(MessageStored event, A argument);

        /** Handles a change. */
        void visit(Change event, A argument);

        /** Handles a position. */
        void visit(Head event, A argument);

        /** Handles the beginning or end of typing. */
        void visit(Ephemeral event, A argument);

        /** Handles an event of the application's own for a room. */
        void visit(RoomEvent event, A argument);

        /** Handles an event of the host's own for a user. */
        void visit(UserEvent event, A argument);

        /** Handles a receipt. */
        void visit(Receipt event, A argument);

        /** Handles the users of a room. */
        void visit(RoomState event, A argument);

        /** Handles the presence of a user on one node. */
        void visit(UserState event, A argument);

        /** Handles a presence. */
        void visit(PresenceUpdate event, A argument);

        /** Handles a number of unread messages. */
        void visit(UnreadNotice event, A argument);

        /** Handles a changed conversation. */
        void visit(ConversationNotice event, A argument);

        /** Handles a heartbeat. */
        void visit(Heartbeat event, A argument);

        /** Handles a node that stops. */
        void visit(NodeLeaving event, A argument);

        /** Handles a changed user. */
        void visit(UserChange event, A argument);

        /** Handles an invalidation. */
        void visit(Invalidate event, A argument);

        /** Handles a request. */
        void visit(Request event, A argument);

        /** Handles a response. */
        void visit(Response event, A argument);

        /** Handles the sessions of a user. */
        void visit(UserSessions event, A argument);

        /** Handles a request to keep a value. */
        void visit(Release event, A argument);

        /** Handles an answer. */
        void visit(Answer event, A argument);
    }
}
