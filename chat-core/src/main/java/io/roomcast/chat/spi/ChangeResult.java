package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * The result of a change.
 *
 * @param message the message after the change
 * @param changed false if the change had no effect and got no version
 */
public record ChangeResult(Message message, boolean changed) {
    /** Rejects null. */
    public ChangeResult {
        requireNonNull(message, "message");
    }
}
