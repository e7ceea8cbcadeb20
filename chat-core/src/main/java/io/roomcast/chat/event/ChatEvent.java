package io.roomcast.chat.event;

/**
 * An event that the server sends to clients. Immutable, so that one event is encoded once for all recipients.
 *
 * <p>The permitted records are all the events that a client can receive without a request.
 */
public sealed interface ChatEvent
        permits ConversationUpdated,
                MemberAdded,
                MemberRemoved,
                MessageChanged,
                MessageSent,
                PresenceChanged,
                ReceiptChanged,
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
    /** Returns whether an adapter may drop this event for a client that reads too slowly. */
    Delivery delivery();

    /**
     * Calls the visitor's method for the type of this event.
     *
     * @param <X> the exception that the visitor may throw
     */
    <X extends Exception> void accept(EventVisitor<X> visitor) throws X;
}
