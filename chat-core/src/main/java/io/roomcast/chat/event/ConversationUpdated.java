package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the members that a conversation was created or that its title or metadata changed. If many members are
 * added in one call, the members receive this event in place of one {@link MemberAdded} for each of them.
 *
 * @param conversation the conversation after the change
 * @param updatedBy the id of the user that made the change, or null if the host did
 */
public record ConversationUpdated(
        Conversation conversation, @Nullable String updatedBy) implements ChatEvent {
    /** Rejects null for required components. */
    public ConversationUpdated {
        requireNonNull(conversation, "conversation");
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
