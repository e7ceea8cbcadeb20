package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

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
public record AddMembers(String conversationId, List<String> memberIds) implements ManageCommand<AddMembers.Added> {
    /** Copies the list. */
    public AddMembers {
        requireNonNull(conversationId, "conversationId");
        memberIds = Checks.list(memberIds, "memberIds");
    }

    @Override
    public int weight() {
        return Math.max(1, memberIds.size());
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
