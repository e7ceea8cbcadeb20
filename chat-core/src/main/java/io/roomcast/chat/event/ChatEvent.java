package io.roomcast.chat.event;

/**
 * A fact: the permitted records are all that a client may be told without having asked.
 *
 * <p>Every event is immutable, so that one object may be encoded once for all who hear of it.
 */
public sealed interface ChatEvent
        permits ConversationUpdated,
                MemberAdded,
                MemberRemoved,
                MessageDeleted,
                MessageEdited,
                MessageSent,
                MessagesDelivered,
                MessagesRead,
                PresenceChanged,
                ReactionsChanged,
                RoomSynced,
                SessionRevoked,
                SessionStarted,
                SyncRequired,
                TokenExpiring,
                TypingStarted,
                TypingStopped,
                UnreadChanged,
                UserJoined,
                UserLeft,
                ViewingStarted,
                ViewingStopped {
    /**
     * Calls the visitor's method for this kind of event.
     *
     * @param <X> what the visitor may throw
     */
    <X extends Exception> void accept(EventVisitor<X> visitor) throws X;
}
