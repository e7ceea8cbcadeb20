package io.roomcast.chat.event;

import io.roomcast.chat.model.Receipt;

/**
 * A device of a user has more messages.
 *
 * @param receipt how far
 */
public record MessagesDelivered(Receipt receipt) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
