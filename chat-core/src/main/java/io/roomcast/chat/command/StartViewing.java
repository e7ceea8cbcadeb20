package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the other users in the room that the user views it.
 *
 * @param conversationId the conversation
 * @param userId the user that the payload names; null to use the session's user
 */
public record StartViewing(String conversationId, @Nullable String userId) implements Command<StartViewing.Viewing> {
    /** Checks that nothing required is null. */
    public StartViewing {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.TYPE);
    }

    @Override
    public <C> CompletionStage<Viewing> accept(CommandHandler<C> handler, C context) {
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
     * Confirms that the user counts as viewing.
     *
     * @param viewers the users who view the room, at most 200, in the order in which they started
     */
    public record Viewing(List<String> viewers) {
        /** Copies the lists. */
        public Viewing {
            viewers = Checks.list(viewers, "viewers");
        }
    }
}
