package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Leaves a room. Succeeds if the session is not in the room.
 *
 * @param conversationId the conversation
 */
public record LeaveRoom(String conversationId) implements Command<LeaveRoom.Left> {
    /** Checks that nothing required is null. */
    public LeaveRoom {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.empty();
    }

    @Override
    public <C> CompletionStage<Left> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the session is not in the room.
     *
     * @param conversationId the conversation
     */
    public record Left(String conversationId) {
        /** Checks that nothing required is null. */
        public Left {
            requireNonNull(conversationId, "conversationId");
        }
    }
}
