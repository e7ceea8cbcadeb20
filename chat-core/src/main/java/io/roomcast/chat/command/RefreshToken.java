package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Prove anew who the user is, before the old proof ends.
 *
 * @param token the new proof
 */
public record RefreshToken(String token) implements UserCommand<RefreshToken.Refreshed> {
    /** Checks that nothing required is null. */
    public RefreshToken {
        requireNonNull(token, "token");
    }

    @Override
    public <C> CompletionStage<Refreshed> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "RefreshToken[]";
    }

    /**
     * The session goes on.
     *
     * @param expiresAt until when, or null for ever
     */
    public record Refreshed(@Nullable Instant expiresAt) {}
}
