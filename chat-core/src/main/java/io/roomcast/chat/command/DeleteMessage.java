package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Take a message back: its place remains, and nothing else. Authors may, and moderators of the conversation.
 *
 * @param conversationId the conversation
 * @param messageId the message
 */
public record DeleteMessage(String conversationId, String messageId) implements Command<DeleteMessage.Deleted> {
    @Override
    public Optional<Action> action() {
        return Optional.of(Action.EDIT);
    }

    @Override
    public <C> CompletionStage<Deleted> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * The message is gone.
     *
     * @param message what is left of it
     */
    public record Deleted(Message message) {}
}
