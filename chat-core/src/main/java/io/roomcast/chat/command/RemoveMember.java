package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

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
    /** Checks that nothing required is null. */
    public RemoveMember {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public <C> CompletionStage<Removed> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * The user is no member.
     *
     * @param conversation the conversation
     */
    public record Removed(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Removed {
            requireNonNull(conversation, "conversation");
        }
    }
}
