package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import java.util.List;
import java.util.Optional;

/**
 * Adds users to a group as ordinary members. Existing members are unchanged. Requires the role of owner or admin.
 *
 * @param conversationId the group
 * @param memberIds the ids of the users to add, at least one
 */
public record AddMembers(String conversationId, List<String> memberIds) implements Command<AddMembers.Added> {
    /** Copies the list. */
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
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    @Override
    public Optional<RateKind> weightRate() {
        return Optional.of(RateKind.NEW_MEMBERS);
    }

    /**
     * The users are members.
     *
     * @param conversation the conversation after the change
     */
    public record Added(Conversation conversation) {
        /** Rejects null. */
        public Added {
            requireNonNull(conversation, "conversation");
        }
    }
}
