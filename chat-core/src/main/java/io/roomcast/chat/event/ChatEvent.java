package io.roomcast.chat.event;

/**
 * A fact of a conversation: the permitted records are all that a client may be told without having asked.
 *
 * <p>Every event is immutable, so that one object may be encoded once for all who hear of it.
 */
public sealed interface ChatEvent permits MessageSent, TypingStarted, TypingStopped {
    /** The conversation it happened in. */
    String conversationId();

    /**
     * Calls the visitor's method for this kind of event.
     *
     * @param <X> what the visitor may throw
     */
    <X extends Exception> void accept(EventVisitor<X> visitor) throws X;
}
