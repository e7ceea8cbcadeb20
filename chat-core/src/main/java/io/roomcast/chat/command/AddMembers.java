package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Adds users to a group as ordinary members. Users who are members already keep their role.
 *
 * @param conversationId the group
 * @param memberIds the users; at least one
 */
public record AddMembers(String conversationId, List<String> memberIds) implements Command<AddMembers.Added> {
    /** Copies the lists. */
    public AddMembers {
        requireNonNull(conversationId, "conversationId");
        memberIds = Checks.list(memberIds, "memberIds");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public int weight() {
        return Math.max(1, memberIds.size());
    }

    @Override
    public <C> CompletionStage<Added> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the users are members.
     *
     * @param conversation the group after the change
     */
    public record Added(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Added {
            requireNonNull(conversation, "conversation");
        }
    }
}
