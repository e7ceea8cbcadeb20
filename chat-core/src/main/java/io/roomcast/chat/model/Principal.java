package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity that an authenticator found for a token. Immutable.
 *
 * @param userId the user's id, or null if anonymous: visible characters, at most {@link Limits#idLength()} UTF-16
 *     units, with spaces only between other characters
 * @param attributes facts about the user for the host's own code; never sent to a client
 * @param expiresAt when the token expires, or null for never
 * @param service the name of a {@linkplain #service(String) service}, which has no user id; null for all others
 */
public record Principal(
        @Nullable String userId,
        Map<String, String> attributes,
        @Nullable Instant expiresAt,
        @Nullable String service) {
    private static final Principal ANONYMOUS = new Principal(null, Map.of(), null);
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Copies the attributes. */
    public Principal {
        if (userId != null && userId.isBlank()) {
            throw new IllegalArgumentException("userId: \"" + userId + "\" (expected: a user's id, or null)");
        }
        attributes = Checks.map(attributes, "attributes");
        if (service != null && (userId != null || !SERVICE.matcher(service).matches())) {
            throw new IllegalArgumentException("service: " + service
                    + " (expected: 1 to 64 of A-Z, a-z, 0-9, dot, hyphen and underscore, and no user)");
        }
    }

    /** Creates the principal of a user, or an anonymous one. */
    public Principal(@Nullable String userId, Map<String, String> attributes, @Nullable Instant expiresAt) {
        this(userId, attributes, expiresAt, null);
    }

    /**
     * Returns the principal of a program of the host's, such as its backend. Over HTTP and Socket.IO it may do what the host
     * may do in code: no access policy and no rate limiter applies to it, and it names the users in whose name it acts,
     * as in {@code senderId}. It is no user: it has no presence, and is a member of no conversation.
     *
     * <p>An {@link io.roomcast.chat.spi.Authenticator} returns it for a token that only that program has, such as one with
     * a claim that users cannot obtain. An authenticator that does not {@linkplain
     * io.roomcast.chat.spi.Authenticator#verifies verify} clients cannot return it.
     *
     * @param name identifies the program in the log: 1 to 64 letters and digits of ASCII, dots, hyphens and underscores
     * @throws IllegalArgumentException if the name has other characters
     */
    public static Principal service(String name) {
        return new Principal(null, Map.of(), null, requireNonNull(name, "name"));
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
        return new Principal(userId, attributes, requireNonNull(expiresAt, "expiresAt"), service);
    }

    /** Returns whether this is a program of the host's, which may do what the host may. */
    public boolean isService() {
        return service != null;
    }

    /** Returns the user's id, or empty if anonymous. */
    public Optional<String> knownUserId() {
        return Optional.ofNullable(userId);
    }
}
