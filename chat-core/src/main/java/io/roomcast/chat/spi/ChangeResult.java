package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;

/**
 * What became of a change.
 *
 * @param message the message as it is now
 * @param changed false where the change made no difference and took no place in the log
 */
public record ChangeResult(Message message, boolean changed) {
    /** Checks that nothing required is null. */
    public ChangeResult {
        requireNonNull(message, "message");
    }
}
