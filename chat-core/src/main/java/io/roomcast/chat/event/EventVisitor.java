package io.roomcast.chat.event;

/**
 * Looks at events: one method for each kind.
 *
 * @param <X> what looking may throw
 */
public interface EventVisitor<X extends Exception> {
    /** A message was stored. */
    void visit(MessageSent event) throws X;

    /** A user is typing. */
    void visit(TypingStarted event) throws X;

    /** A user stopped typing. */
    void visit(TypingStopped event) throws X;
}
