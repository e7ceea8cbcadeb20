package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tell the others in the room that the user looks elsewhere.
 *
 * @param conversationId the conversation
 * @param userId who the payload says looked; null where the principal says it
 */
public record StopViewing(String conversationId, @Nullable String userId) implements Command<StopViewing.Stopped> {
    /** Checks that nothing required is null. */
    public StopViewing {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.TYPE);
    }

    @Override
    public <C> CompletionStage<Stopped> accept(CommandHandler<C> handler, C call) {
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
     * The user does not count as looking.
     */
    public record Stopped() {}
}
