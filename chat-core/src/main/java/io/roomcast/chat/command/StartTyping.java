package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tell the others in the room that the user is typing.
 *
 * @param conversationId where
 * @param userId who the payload says is typing; null where the principal says it
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
    public <C> CompletionStage<Started> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
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
     * The user counts as typing.
     *
     * @param expiresIn for how long, unless it is said again
     */
    public record Started(Duration expiresIn) {
        /** Checks that nothing required is null. */
        public Started {
            requireNonNull(expiresIn, "expiresIn");
        }
    }
}
