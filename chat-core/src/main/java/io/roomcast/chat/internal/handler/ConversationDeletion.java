package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.internal.join.RoomCloser;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Deletes conversations, on this node and on the others. Safe for use by any thread; {@link #delete} blocks. */
public final class ConversationDeletion {
    private final ChatParts parts;
    private final RoomCloser closer;

    ConversationDeletion(ChatParts parts) {
        this.parts = parts;
        this.closer = parts.joins().closer();
    }

    /** Deletes a conversation; called in its order. Adds the events, and the request to other nodes, to the context. */
    void delete(Conversation found, @Nullable String by, CommandContext context) {
        String conversationId = found.conversationId();
        List<String> memberIds = ConversationEditor.memberIds(found);
        parts.calls().ifPresent(calls -> calls.deleting(conversationId));
        if (!store(conversationId)) {
            throw ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND);
        }
        context.sendAll(List.of(closer.closeNow(new ConversationDeleted(conversationId, by), memberIds)));
        context.afterPublishing(() -> deleteElsewhere(conversationId, by, memberIds));
    }

    /** Invalidates the caches also if the store fails, as the outcome is then unknown. */
    private boolean store(String conversationId) {
        try {
            return parts.settings().store().delete(conversationId);
        } finally {
            forget(conversationId);
        }
    }

    private void forget(String conversationId) {
        closer.forget(conversationId);
        parts.presence().visibility().invalidate();
    }

    /** Does not wait for the other nodes. */
    private void deleteElsewhere(String conversationId, @Nullable String by, List<String> memberIds) {
        CompletableFuture<Void> unused = parts.rooms().others().deleteConversation(conversationId, by, memberIds);
    }

    /** Closes the room of a conversation that another node has deleted, and notifies users. */
    void deletedElsewhere(String conversationId, @Nullable String by, Set<String> userIds) {
        parts.presence().visibility().invalidate();
        closer.close(new ConversationDeleted(conversationId, by), userIds);
    }

    /**
     * Closes the room of a command that was refused, if its conversation was deleted. Otherwise the room would stay open
     * on a node that does not receive the events of the others. Called in the conversation's order.
     */
    public void refused(String conversationId, ChatException refusal) {
        if (refusal.code() == ErrorCode.CONVERSATION_NOT_FOUND
                && parts.rooms().registry().size(conversationId) > 0
                && parts.rooms().membershipCache().isDeleted(conversationId)) {
            parts.rooms()
                    .publisher()
                    .publishHere(closer.closeNow(new ConversationDeleted(conversationId, null), Set.of()));
        }
    }
}
