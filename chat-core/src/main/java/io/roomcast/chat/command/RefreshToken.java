package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the session's token before it expires. The new token must belong to the same user.
 *
 * @param token the new token
 */
public record RefreshToken(String token) implements UserCommand<RefreshToken.Refreshed> {
    /** Checks that nothing required is null. */
    public RefreshToken {
        requireNonNull(token, "token");
    }

    @Override
    public <C> CompletionStage<Refreshed> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /** Omits the token, which is a secret. */
    @Override
    public String toString() {
        return "RefreshToken[]";
    }

    /**
     * Confirms that the session continues.
     *
     * @param expiresAt the expiry of the new token, or null if it never expires
     */
    public record Refreshed(@Nullable Instant expiresAt) {}
}
