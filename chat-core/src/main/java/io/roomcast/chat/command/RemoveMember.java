package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;

/**
 * Removes a user from a group. Users may remove themselves; to remove others requires the role of owner or admin.
 *
 * <p>If the owner leaves, the admin with the longest membership becomes the owner. Without an admin it is the member
 * with the longest membership.
 *
 * @param conversationId the group
 * @param userId the id of the user to remove
 */
public record RemoveMember(String conversationId, String userId) implements ManageCommand<RemoveMember.Removed> {
    /** Rejects null. */
    public RemoveMember {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    /**
     * The user is not a member.
     *
     * @param conversation the conversation after the change; without members if the caller left it
     */
    public record Removed(Conversation conversation) {
        /** Rejects null. */
        public Removed {
            requireNonNull(conversation, "conversation");
        }
    }
}
