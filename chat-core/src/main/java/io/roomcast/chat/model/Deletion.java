package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * States who deleted a message, and when. Immutable.
 *
 * @param deletedBy the id of the user who deleted it
 * @param deletedAt when, in whole milliseconds
 */
public record Deletion(String deletedBy, Instant deletedAt) {
    /** Rejects null. */
    public Deletion {
        requireNonNull(deletedBy, "deletedBy");
        requireNonNull(deletedAt, "deletedAt");
    }
}
