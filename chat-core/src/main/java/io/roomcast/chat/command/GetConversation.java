package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a conversation, with its members if the user is one of them or the host asks. Fails with {@link
 * ErrorCode#CONVERSATION_NOT_FOUND} if the access policy permits reading it, but it does not exist.
 *
 * @param conversationId the conversation
 */
public record GetConversation(String conversationId) implements ReadCommand<GetConversation.Found> {
    /** Rejects null. */
    public GetConversation {
        requireNonNull(conversationId, "conversationId");
    }

    /**
     * The conversation.
     *
     * @param conversation the conversation; without the members of a group if the user is not one of them
     * @param role the user's role, or null if the user is not a member or the host asks
     * @param may what the user may do, by the access policy and the role
     * @param preferences what the user prefers there, or null for the host and for an anonymous client
     */
    public record Found(
            Conversation conversation,
            @Nullable Role role,
            List<Permission> may,
            @Nullable Preferences preferences) {
        /** Rejects null for required components, and copies the permissions. */
        public Found {
            requireNonNull(conversation, "conversation");
            may = Checks.list(may, "may");
        }
    }
}
