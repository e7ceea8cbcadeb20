package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * A reaction of a user to a message. Immutable.
 *
 * @param key the reaction, such as an emoji
 * @param userId the user's id
 */
public record Reaction(String key, String userId) {
    /** Rejects null. */
    public Reaction {
        requireNonNull(key, "key");
        requireNonNull(userId, "userId");
    }
}
