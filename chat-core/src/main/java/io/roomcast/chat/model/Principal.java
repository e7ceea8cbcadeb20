package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity that an authenticator found for a token. Immutable.
 *
 * @param userId the user's id: visible characters, at most {@link Limits#idLength()} UTF-16 units, with spaces only between them;
 *     null if anonymous
 * @param attributes facts about the user for the host's own code; never sent to a client
 * @param expiresAt when the proof of identity ends; null for never
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

    /** Somebody of whom nothing is known: what a client says of itself is believed. */
    public static Principal anonymous() {
        return ANONYMOUS;
    }

    /** A user with neither attributes nor an end. */
    public static Principal of(String userId) {
        return new Principal(requireNonNull(userId, "userId"), Map.of(), null);
    }

    /** The same principal whose proof ends at the given time. */
    public Principal expiringAt(Instant expiresAt) {
        return new Principal(userId, attributes, requireNonNull(expiresAt, "expiresAt"));
    }

    /** The user's id, empty for an anonymous principal. */
    public Optional<String> knownUserId() {
        return Optional.ofNullable(userId);
    }
}
