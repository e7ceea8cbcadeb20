package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room of a new message. It is sent after the message is stored, in the order of the sequence numbers.
 *
 * @param message the stored message
 */
public record MessageSent(Message message) implements ChatEvent {
    /** Rejects null for required components. */
    public MessageSent {
        requireNonNull(message, "message");
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public Delivery delivery() {
        return Delivery.RECOVERABLE;
    }
}
