package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * A message was stored.
 *
 * @param message the message
 */
public record MessageSent(Message message) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MessageSent {
        requireNonNull(message, "message");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
