package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * Notifies a room that the content or metadata of a message changed.
 *
 * @param message the message after the edit
 */
public record MessageEdited(Message message) implements MessageChanged {
    /** Rejects null for required components. */
    public MessageEdited {
        requireNonNull(message, "message");
    }
}
