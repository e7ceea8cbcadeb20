package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A user is no longer a member.
 *
 * @param conversationId the conversation
 * @param userId who
 * @param removedBy by whom, or null for the host
 */
public record MemberRemoved(
        String conversationId, String userId, @Nullable String removedBy) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MemberRemoved {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
