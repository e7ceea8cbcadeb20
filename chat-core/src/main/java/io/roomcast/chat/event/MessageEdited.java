package io.roomcast.chat.event;

import io.roomcast.chat.model.Message;

/**
 * A message has other words.
 *
 * @param message the message as it is now
 */
public record MessageEdited(Message message) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
