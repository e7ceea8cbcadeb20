package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room that a user pinned or unpinned a message.
 *
 * @param message the message after the change; it has a pin if it was pinned
 */
public record PinChanged(Message message) implements MessageChanged {
    /** Rejects null for required components. */
    public PinChanged {
        requireNonNull(message, "message");
    }
}
