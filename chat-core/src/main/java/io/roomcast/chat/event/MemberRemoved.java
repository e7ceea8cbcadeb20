package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Notifies the members that a user left their group or was removed. The removed user receives it too.
 *
 * @param conversationId the conversation
 * @param userId the id of the removed user
 * @param removedBy the id of the user that removed the member, or null if the host did
 */
public record MemberRemoved(
        String conversationId, String userId, @Nullable String removedBy) implements ChatEvent {
    /** Rejects null for required components. */
    public MemberRemoved {
        requireNonNull(conversationId, "conversationId");
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
