package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That a message was deleted. Immutable.
 *
 * @param deletedBy the user who did it
 * @param deletedAt when, in whole milliseconds
 */
public record Deletion(String deletedBy, Instant deletedAt) {
    /** Checks that nothing is null. */
    public Deletion {
        requireNonNull(deletedBy, "deletedBy");
        requireNonNull(deletedAt, "deletedAt");
    }
}
