package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Receipt;

/**
 * A device of a user has more messages.
 *
 * @param receipt how far
 */
public record MessagesDelivered(Receipt receipt) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MessagesDelivered {
        requireNonNull(receipt, "receipt");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
