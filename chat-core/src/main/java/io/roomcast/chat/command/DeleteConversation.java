package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;

/**
 * Deletes a conversation for ever, with its messages, members and receipts. Requires {@link
 * Permission#DELETE_CONVERSATION}. A direct conversation cannot be deleted.
 *
 * <p>All later commands in the conversation fail with {@link ErrorCode#CONVERSATION_NOT_FOUND}, those of an open one as
 * well, and its id cannot be used again.
 *
 * @param conversationId the conversation
 */
public record DeleteConversation(String conversationId) implements ManageCommand<DeleteConversation.Deleted> {
    /** Rejects null. */
    public DeleteConversation {
        requireNonNull(conversationId, "conversationId");
    }

    /** The conversation is deleted. */
    public record Deleted() {}
}
