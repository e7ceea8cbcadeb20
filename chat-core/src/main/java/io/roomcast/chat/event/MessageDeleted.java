package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * A message was taken back.
 *
 * @param message what is left of it
 */
public record MessageDeleted(Message message) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MessageDeleted {
        requireNonNull(message, "message");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
