package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.MessagePreview;
import org.jspecify.annotations.Nullable;

/**
 * Notifies a user that the number of unread messages in a conversation changed, by reading or by a new message, or that
 * the newest message was edited or deleted. Only sessions of this user receive it. Those in the room do not receive it
 * about the user's own message.
 *
 * @param conversationId the conversation
 * @param unread the number of unread messages, never negative
 * @param readSeq the highest sequence number that the user has read, or 0 for none
 * @param latestSeq the sequence number of the newest message
 * @param unreadMentions the number of unread messages that mention the user or all members
 * @param lastMessage a preview of the newest message if it is new or was changed, else null
 */
public record UnreadChanged(
        String conversationId,
        long unread,
        long readSeq,
        long latestSeq,
        long unreadMentions,
        @Nullable MessagePreview lastMessage)
        implements ChatEvent {
    /** Rejects null for required components. */
    public UnreadChanged {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}
