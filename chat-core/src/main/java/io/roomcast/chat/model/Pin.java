package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * States who pinned a message, and when. Immutable.
 *
 * @param by the id of the user who pinned it
 * @param at when, in whole milliseconds
 */
public record Pin(String by, Instant at) {
    /** Rejects null. */
    public Pin {
        requireNonNull(by, "by");
        requireNonNull(at, "at");
    }

    /** Returns the pin with the user's id replaced, if the user pinned the message. */
    Pin withoutUser(String userId, String erasedId) {
        return by.equals(userId) ? new Pin(erasedId, at) : this;
    }
}
