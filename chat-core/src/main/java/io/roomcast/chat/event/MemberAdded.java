package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the members that a user was added to their group. The added user receives it too.
 *
 * @param conversation the conversation after the change
 * @param userId the id of the added user
 * @param addedBy the id of the user that added the member, or null if the host did
 */
public record MemberAdded(
        Conversation conversation, String userId, @Nullable String addedBy) implements ChatEvent {
    /** Rejects null for required components. */
    public MemberAdded {
        requireNonNull(conversation, "conversation");
        requireNonNull(userId, "userId");
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
