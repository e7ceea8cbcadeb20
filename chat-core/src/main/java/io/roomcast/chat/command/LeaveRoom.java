package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Stop listening to a conversation. Leaving a room that the session is not in succeeds.
 *
 * @param conversationId the conversation
 */
public record LeaveRoom(String conversationId) implements Command<LeaveRoom.Left> {
    @Override
    public Optional<Action> action() {
        return Optional.empty();
    }

    @Override
    public <C> CompletionStage<Left> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * The session is not in the room.
     *
     * @param conversationId the conversation
     */
    public record Left(String conversationId) {}
}
