package io.roomcast.chat.event;

import io.roomcast.chat.model.Receipt;

/**
 * A user has seen more messages.
 *
 * @param receipt how far
 */
public record MessagesRead(Receipt receipt) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
