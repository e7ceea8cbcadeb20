package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Reaction;

/**
 * A user reacted to a message, or took a reaction back.
 *
 * @param message the message as it is now
 * @param reaction which reaction
 * @param added whether it is there now
 */
public record ReactionsChanged(Message message, Reaction reaction, boolean added) implements ChatEvent {
    /** Checks that nothing required is null. */
    public ReactionsChanged {
        requireNonNull(message, "message");
        requireNonNull(reaction, "reaction");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
