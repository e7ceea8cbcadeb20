package io.roomcast.chat.event;

/**
 * Handles events, with one method for each type. An implementation therefore does not compile if it misses a type.
 *
 * @param <X> the exception that handling an event may throw
 */
public interface EventVisitor<X extends Exception> {
    /** Handles a created or changed conversation. */
    void visit(ConversationUpdated event) throws X;

    /** Handles an added member. */
    void visit(MemberAdded event) throws X;

    /** Handles a removed member. */
    void visit(MemberRemoved event) throws X;

    /** Handles a deleted message. */
    void visit(MessageDeleted event) throws X;

    /** Handles an edited message. */
    void visit(MessageEdited event) throws X;

    /** Handles a new message. */
    void visit(MessageSent event) throws X;

    /** Handles messages that a device of a user has received. */
    void visit(MessagesDelivered event) throws X;

    /** Handles messages that a user has read. */
    void visit(MessagesRead event) throws X;

    /** Handles a user who went online, away or offline. */
    void visit(PresenceChanged event) throws X;

    /** Handles an added or removed reaction. */
    void visit(ReactionsChanged event) throws X;

    /** Handles a page of missed events. */
    void visit(RoomSynced event) throws X;

    /** Handles the end of a session by the server. */
    void visit(SessionRevoked event) throws X;

    /** Handles the start of a session. */
    void visit(SessionStarted event) throws X;

    /** Handles missed events that the session must fetch. */
    void visit(SyncRequired event) throws X;

    /** Handles a token that expires soon. */
    void visit(TokenExpiring event) throws X;

    /** Handles a user who is typing. */
    void visit(TypingStarted event) throws X;

    /** Handles a user who stopped typing. */
    void visit(TypingStopped event) throws X;

    /** Handles a changed number of unread messages. */
    void visit(UnreadChanged event) throws X;

    /** Handles a user who joined a room. */
    void visit(UserJoined event) throws X;

    /** Handles a user who left a room. */
    void visit(UserLeft event) throws X;

    /** Handles a user who is viewing a room. */
    void visit(ViewingStarted event) throws X;

    /** Handles a user who stopped viewing a room. */
    void visit(ViewingStopped event) throws X;
}
