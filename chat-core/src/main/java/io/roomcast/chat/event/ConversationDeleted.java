package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Notifies the members and the sessions in the room that a conversation was deleted. The sessions are no longer in the
 * room.
 *
 * @param conversationId the conversation
 * @param deletedBy the id of the user that deleted it, or null if the host did
 */
public record ConversationDeleted(
        String conversationId, @Nullable String deletedBy) implements ChatEvent {
    /** Rejects null for required components. */
    public ConversationDeleted {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
