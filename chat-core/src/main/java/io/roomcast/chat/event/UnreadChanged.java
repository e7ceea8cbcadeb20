package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * What is left to read has changed, by reading or by a new message; for that user alone.
 *
 * @param conversationId the conversation
 * @param unread how many messages are left
 * @param readSeq how far the user has read
 * @param latestSeq the newest message
 */
public record UnreadChanged(String conversationId, long unread, long readSeq, long latestSeq) implements ChatEvent {
    /** Checks that nothing required is null. */
    public UnreadChanged {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
