package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Conversation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Removes a user from a group. Every member may remove themselves.
 *
 * <p>If the owner leaves, the admin with the longest membership becomes the owner. Without an admin, the member with
 * the longest membership does.
 *
 * @param conversationId the group
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
    public <C> CompletionStage<Removed> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the user is not a member.
     *
     * @param conversation the group after the change
     */
    public record Removed(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Removed {
            requireNonNull(conversation, "conversation");
        }
    }
}
