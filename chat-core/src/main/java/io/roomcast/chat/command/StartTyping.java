package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the other users in the room that the user is typing.
 *
 * @param conversationId the conversation
 * @param userId the user that the payload names; null to use the session's user
 */
public record StartTyping(String conversationId, @Nullable String userId) implements Command<StartTyping.Started> {
    /** Checks that nothing required is null. */
    public StartTyping {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.TYPE);
    }

    @Override
    public <C> CompletionStage<Started> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Optional<Claim> claim() {
        return Optional.of(new Claim("userId", userId));
    }

    /**
     * Confirms that the user counts as typing.
     *
     * @param expiresIn the time after which the user no longer does, unless the command is repeated
     */
    public record Started(Duration expiresIn) {
        /** Checks that nothing required is null. */
        public Started {
            requireNonNull(expiresIn, "expiresIn");
        }
    }
}
