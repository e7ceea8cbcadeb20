package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Conversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Put a user out of a group; everybody may leave themselves.
 *
 * <p>Where the owner goes, the admin who has been there for longest owns the group, or else the member who has.
 *
 * @param conversationId the conversation
 * @param userId the user
 */
public record RemoveMember(String conversationId, String userId) implements Command<RemoveMember.Removed> {
    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public <C> CompletionStage<Removed> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * The user is no member.
     *
     * @param conversation the conversation
     */
    public record Removed(Conversation conversation) {}
}
