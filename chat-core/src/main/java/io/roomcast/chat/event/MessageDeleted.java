package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room that a message was deleted.
 *
 * @param message the message after the deletion, with neither content nor attachment
 */
public record MessageDeleted(Message message) implements MessageChanged {
    /** Rejects null for required components. */
    public MessageDeleted {
        requireNonNull(message, "message");
    }
}
