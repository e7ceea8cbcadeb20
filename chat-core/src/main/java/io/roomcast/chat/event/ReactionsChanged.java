package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Reaction;

/**
 * Notifies a room that a user added or removed a reaction.
 *
 * @param message the message after the change
 * @param reaction the reaction that was added or removed
 * @param added true if the reaction was added, false if it was removed
 */
public record ReactionsChanged(Message message, Reaction reaction, boolean added) implements MessageChanged {
    /** Rejects null for required components. */
    public ReactionsChanged {
        requireNonNull(message, "message");
        requireNonNull(reaction, "reaction");
    }
}
