package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Receipt;

/**
 * A user has seen more messages.
 *
 * @param receipt how far
 */
public record MessagesRead(Receipt receipt) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MessagesRead {
        requireNonNull(receipt, "receipt");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
