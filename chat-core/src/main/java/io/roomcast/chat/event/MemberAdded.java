package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * A user became a member.
 *
 * @param conversation the conversation as it is now
 * @param userId who
 * @param addedBy by whom, or null for the host
 */
public record MemberAdded(
        Conversation conversation, String userId, @Nullable String addedBy) implements ChatEvent {
    /** Checks that nothing required is null. */
    public MemberAdded {
        requireNonNull(conversation, "conversation");
        requireNonNull(userId, "userId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
