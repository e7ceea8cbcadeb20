package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of messages: the newest, or those before, after or around a sequence number, or around a message. Fails
 * with {@link ErrorCode#MESSAGE_NOT_FOUND} if the conversation does not have that message.
 *
 * <p>At most one of the sequence numbers and the message may be given. The factories set none or one.
 *
 * @param conversationId the conversation
 * @param before returns the newest messages with a smaller sequence number, or null
 * @param after returns the oldest messages with a larger sequence number, or null
 * @param around returns messages on both sides of this sequence number, or null
 * @param aroundId returns messages on both sides of the message with this id, or null
 * @param limit the maximum number of messages, or null for {@link io.roomcast.chat.model.Limits#historyPage()}
 */
public record GetMessages(
        String conversationId,
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        @Nullable String aroundId,
        @Nullable Integer limit)
        implements ReadCommand<GetMessages.Page> {
    /** Rejects a missing conversation. */
    public GetMessages {
        requireNonNull(conversationId, "conversationId");
    }

    /** Reads the newest messages. */
    public static GetMessages latest(String conversationId) {
        return new GetMessages(conversationId, null, null, null, null, null);
    }

    /** Reads the newest messages before a sequence number. */
    public static GetMessages before(String conversationId, long seq) {
        return new GetMessages(conversationId, seq, null, null, null, null);
    }

    /** Reads the oldest messages after a sequence number. */
    public static GetMessages after(String conversationId, long seq) {
        return new GetMessages(conversationId, null, seq, null, null, null);
    }

    /** Reads the messages on both sides of a sequence number. */
    public static GetMessages around(String conversationId, long seq) {
        return new GetMessages(conversationId, null, null, seq, null, null);
    }

    /** Reads a message, and the messages on both sides of it. */
    public static GetMessages around(String conversationId, String messageId) {
        return new GetMessages(conversationId, null, null, null, requireNonNull(messageId, "messageId"), null);
    }

    /** Returns a copy with a maximum number of messages, at least 1. */
    public GetMessages withLimit(int limit) {
        return new GetMessages(conversationId, before, after, around, aroundId, limit);
    }

    /**
     * A page of messages.
     *
     * @param messages the messages in ascending order of {@code seq}
     * @param hasMore whether more messages follow in the requested direction, or on either side of {@code around}
     * @param position the conversation's position before the messages were read
     * @param epoch the store's epoch
     */
    public record Page(List<Message> messages, boolean hasMore, Position position, String epoch) {
        /** Copies the messages. */
        public Page {
            requireNonNull(position, "position");
            requireNonNull(epoch, "epoch");
            messages = Checks.list(messages, "messages");
        }
    }
}
