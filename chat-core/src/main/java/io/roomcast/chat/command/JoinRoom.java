package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Position;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Listen to a conversation from now on. Joining twice is joining once.
 *
 * @param conversationId the conversation
 */
public record JoinRoom(String conversationId) implements Command<JoinRoom.Joined> {
    @Override
    public Optional<Action> action() {
        return Optional.of(Action.JOIN);
    }

    @Override
    public <C> CompletionStage<Joined> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * The session is in the room; every message after the position reaches it.
     *
     * @param conversationId the conversation
     * @param epoch the id of the store's life; a position of another epoch means nothing
     * @param position how far the conversation had come
     * @param online how many sessions are in the room on this server, this one included
     */
    public record Joined(String conversationId, String epoch, Position position, int online) {}
}
