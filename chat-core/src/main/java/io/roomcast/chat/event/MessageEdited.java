package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * A message has other words.
 *
 * @param message the message as it is now
 */
public record MessageEdited(Message message) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MessageEdited {
        requireNonNull(message, "message");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
