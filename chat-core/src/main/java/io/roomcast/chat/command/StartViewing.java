package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tell the others in the room that the user looks at it.
 *
 * @param conversationId the conversation
 * @param userId who the payload says is looking; null where the principal says it
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
    public <C> CompletionStage<Viewing> accept(CommandHandler<C> handler, C call) {
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
     * The user counts as looking.
     *
     * @param viewers who is looking, 200 users at the most, those first who began first
     */
    public record Viewing(List<String> viewers) {
        /** Copies the lists. */
        public Viewing {
            viewers = Checks.list(viewers, "viewers");
        }
    }
}
