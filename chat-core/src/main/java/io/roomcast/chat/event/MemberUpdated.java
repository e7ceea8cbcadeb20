package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Member;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the members that the role of one of them changed. The same members receive {@link ConversationUpdated}, too.
 *
 * @param conversationId the conversation
 * @param member the member with the new role
 * @param changedBy the id of the user that changed the role, or null if the host did
 */
public record MemberUpdated(
        String conversationId, Member member, @Nullable String changedBy) implements ChatEvent {
    /** Rejects null for required components. */
    public MemberUpdated {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(member, "member");
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
