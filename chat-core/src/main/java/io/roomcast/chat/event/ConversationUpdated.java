package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * A conversation was made or changed.
 *
 * @param conversation the conversation as it is now
 * @param updatedBy by whom, or null for the host
 */
public record ConversationUpdated(
        Conversation conversation, @Nullable String updatedBy) implements ChatEvent {
    /** Checks that nothing required is null. */
    public ConversationUpdated {
        requireNonNull(conversation, "conversation");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
