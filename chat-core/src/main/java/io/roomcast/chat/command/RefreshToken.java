package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the token of the session before it expires. The new token must belong to the same user.
 *
 * @param token the new token
 */
public record RefreshToken(String token) implements UserCommand<RefreshToken.Refreshed> {
    /** Rejects null. */
    public RefreshToken {
        requireNonNull(token, "token");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /** Returns a text without the token, which is a secret. */
    @Override
    public String toString() {
        return "RefreshToken[]";
    }

    /**
     * The session continues.
     *
     * @param expiresAt when the new token expires, or null for never
     */
    public record Refreshed(@Nullable Instant expiresAt) {}
}
