package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import java.util.Optional;

/**
 * Deletes a conversation for ever, with its messages, members and receipts. Requires {@link
 * Permission#DELETE_CONVERSATION}. A direct conversation cannot be deleted.
 *
 * <p>All later commands in the conversation fail with {@link ErrorCode#CONVERSATION_NOT_FOUND}, those of an open one as
 * well, and its id cannot be used again.
 *
 * @param conversationId the conversation
 */
public record DeleteConversation(String conversationId) implements Command<DeleteConversation.Deleted> {
    /** Rejects null. */
    public DeleteConversation {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.MANAGE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /** The conversation is deleted. */
    public record Deleted() {}
}
