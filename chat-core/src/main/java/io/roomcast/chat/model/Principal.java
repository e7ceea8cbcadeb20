package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity that an authenticator found for a token. Immutable.
 *
 * @param userId the user's id, or null if anonymous: visible characters, at most {@link Limits#idLength()} UTF-16
 *     units, with spaces only between other characters
 * @param attributes facts about the user for the host's own code; never sent to a client
 * @param expiresAt when the token expires, or null for never
 */
public record Principal(
        @Nullable String userId,
        Map<String, String> attributes,
        @Nullable Instant expiresAt) {
    private static final Principal ANONYMOUS = new Principal(null, Map.of(), null);

    /** Copies the attributes. */
    public Principal {
        if (userId != null && userId.isBlank()) {
            throw new IllegalArgumentException("userId: \"" + userId + "\" (expected: a user's id, or null)");
        }
        attributes = Checks.map(attributes, "attributes");
    }

    /** Returns the anonymous principal. An anonymous client names its own user id in each command. */
    public static Principal anonymous() {
        return ANONYMOUS;
    }

    /** Returns the principal of a user, without attributes and without an expiry. */
    public static Principal of(String userId) {
        return new Principal(requireNonNull(userId, "userId"), Map.of(), null);
    }

    /** Returns a copy whose token expires at the given time. */
    public Principal expiringAt(Instant expiresAt) {
        return new Principal(userId, attributes, requireNonNull(expiresAt, "expiresAt"));
    }

    /** Returns the user's id, or empty if anonymous. */
    public Optional<String> knownUserId() {
        return Optional.ofNullable(userId);
    }
}
