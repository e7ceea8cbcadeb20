package io.roomcast.chat.event;

import io.roomcast.chat.model.Message;

/**
 * A message was stored.
 *
 * @param message the message
 */
public record MessageSent(Message message) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
