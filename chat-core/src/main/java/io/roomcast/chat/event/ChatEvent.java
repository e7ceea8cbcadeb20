package io.roomcast.chat.event;

/**
 * An event that the chat sends to clients. Immutable, so that one event is encoded once for all recipients.
 *
 * <p>The permitted types are all events of the chat. A transport adapter may send further ones of its own, such as the
 * announcement that the server stops, or the failure of a command whose sender requested no reply.
 */
public sealed interface ChatEvent
        permits CallEvent,
                ConversationDeleted,
                ConversationUpdated,
                CustomEventSent,
                MemberAdded,
                MemberRemoved,
                MemberUpdated,
                MessageChanged,
                MessageSent,
                PreferencesChanged,
                PresenceChanged,
                RoomStats,
                RoomSynced,
                SessionRevoked,
                SessionStarted,
                SyncRequired,
                TokenExpiring,
                UnreadChanged,
                UploadFinished,
                UserActivity,
                UserJoined,
                UserLeft,
                UserUpdated {
    /**
     * Returns whether the event reports what the chat has stored, or is about to store: messages and their changes,
     * receipts, conversations and their members. A listener of the host receives these.
     */
    default boolean isStored() {
        return false;
    }

    /** Returns whether an adapter may drop this event for a client that reads too slowly. */
    Delivery delivery();
}
