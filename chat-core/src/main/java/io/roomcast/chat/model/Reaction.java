package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/**
 * One user's reaction to a message. Immutable.
 *
 * @param key what the user chose, such as an emoji
 * @param userId the user
 */
public record Reaction(String key, String userId) {
    /** Checks that nothing is null. */
    public Reaction {
        requireNonNull(key, "key");
        requireNonNull(userId, "userId");
    }
}
