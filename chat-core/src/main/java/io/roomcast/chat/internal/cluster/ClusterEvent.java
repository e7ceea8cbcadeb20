package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node notifies others of. Immutable.
 *
 * <p>The records of this type are what happened in the chat. {@link NodeState} is what a node knows about its own users,
 * and {@link ControlEvent} what nodes exchange to work together.
 *
 * <p>For a new type add a record, its method to {@link Visitor}, and a {@link FrameKind} with a reader; the compiler names
 * the rest.
 */
public sealed interface ClusterEvent
        permits ControlEvent,
                NodeState,
                ClusterEvent.MessageStored,
                ClusterEvent.Change,
                ClusterEvent.Head,
                ClusterEvent.Ephemeral,
                ClusterEvent.RoomEvent,
                ClusterEvent.UserEvent,
                ClusterEvent.Receipt,
                ClusterEvent.PresenceUpdate,
                ClusterEvent.UnreadNotice,
                ClusterEvent.ConversationNotice,
                ClusterEvent.UserChange,
                ClusterEvent.UploadProgressed,
                ClusterEvent.UploadEnded,
                ClusterEvent.CallChange,
                ClusterEvent.CallSignal {
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

    /** More bytes of a file are stored. In the channel of the conversation. */
    record UploadProgressed(UploadProgress event) implements ClusterEvent {
        /** Rejects null. */
        public UploadProgressed {
            requireNonNull(event, "event");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * An upload ended. In the channel of the uploader, or of the conversation for the other users in the room.
     *
     * @param isForRoom whether this is for the room
     */
    record UploadEnded(UploadFinished event, boolean isForRoom) implements ClusterEvent {
        /** Rejects null. */
        public UploadEnded {
            requireNonNull(event, "event");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * A call changed. In the channel of all nodes, as any of them may have sessions that it concerns.
     *
     * @param fields the change, which {@code internal.call} writes and reads
     */
    record CallChange(List<String> fields) implements ClusterEvent {
        /** Copies the fields. */
        public CallChange {
            fields = List.copyOf(fields);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * A signal for a participant of a call. In the channel of the participant's user.
     *
     * @param fields the signal, which {@code internal.call} writes and reads
     */
    record CallSignal(String userId, List<String> fields) implements ClusterEvent {
        /** Copies the fields. */
        public CallSignal {
            requireNonNull(userId, "userId");
            fields = List.copyOf(fields);
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
        void visit(NodeState.RoomState event, A argument);

        /** Handles the presence of a user on one node. */
        void visit(NodeState.UserState event, A argument);

        /** Handles a presence. */
        void visit(PresenceUpdate event, A argument);

        /** Handles a number of unread messages. */
        void visit(UnreadNotice event, A argument);

        /** Handles a changed conversation. */
        void visit(ConversationNotice event, A argument);

        /** Handles a heartbeat. */
        void visit(ControlEvent.Heartbeat event, A argument);

        /** Handles a node that stops. */
        void visit(ControlEvent.NodeLeaving event, A argument);

        /** Handles a changed user. */
        void visit(UserChange event, A argument);

        /** Handles a changed call. */
        void visit(CallChange event, A argument);

        /** Handles a signal of a call. */
        void visit(CallSignal event, A argument);

        /** Handles an invalidation. */
        void visit(ControlEvent.Invalidate event, A argument);

        /** Handles a request. */
        void visit(ControlEvent.Request event, A argument);

        /** Handles a response. */
        void visit(ControlEvent.Response event, A argument);

        /** Handles the sessions of a user. */
        void visit(ControlEvent.UserSessions event, A argument);

        /** Handles a request to keep a value. */
        void visit(ControlEvent.Release event, A argument);

        /** Handles the progress of an upload. */
        void visit(UploadProgressed event, A argument);

        /** Handles the end of an upload. */
        void visit(UploadEnded event, A argument);

        /** Handles an answer. */
        void visit(ControlEvent.Answer event, A argument);
    }
}
