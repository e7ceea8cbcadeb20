package io.roomcast.chat.event;

/**
 * Looks at events: one method for each kind.
 *
 * @param <X> what looking may throw
 */
public interface EventVisitor<X extends Exception> {
    /** A conversation was made or changed. */
    void visit(ConversationUpdated event) throws X;

    /** A user became a member. */
    void visit(MemberAdded event) throws X;

    /** A user is no longer a member. */
    void visit(MemberRemoved event) throws X;

    /** A message was taken back. */
    void visit(MessageDeleted event) throws X;

    /** A message has other words. */
    void visit(MessageEdited event) throws X;

    /** A message was stored. */
    void visit(MessageSent event) throws X;

    /** A device of a user has more messages. */
    void visit(MessagesDelivered event) throws X;

    /** A user has seen more messages. */
    void visit(MessagesRead event) throws X;

    /** A user came or went. */
    void visit(PresenceChanged event) throws X;

    /** The reactions to a message have changed. */
    void visit(ReactionsChanged event) throws X;

    /** A session is told what it missed. */
    void visit(RoomSynced event) throws X;

    /** A session is over by the server's will. */
    void visit(SessionRevoked event) throws X;

    /** A session has begun. */
    void visit(SessionStarted event) throws X;

    /** A session must fetch what it missed. */
    void visit(SyncRequired event) throws X;

    /** The proof of who a session is ends soon. */
    void visit(TokenExpiring event) throws X;

    /** A user is typing. */
    void visit(TypingStarted event) throws X;

    /** A user stopped typing. */
    void visit(TypingStopped event) throws X;

    /** What is left to read has changed. */
    void visit(UnreadChanged event) throws X;

    /** A user came into a room. */
    void visit(UserJoined event) throws X;

    /** A user left a room. */
    void visit(UserLeft event) throws X;

    /** A user looks at a room. */
    void visit(ViewingStarted event) throws X;

    /** A user looks elsewhere. */
    void visit(ViewingStopped event) throws X;
}
