package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;

/**
 * Reads one message, for example the one that another message replies to. A deleted message is returned without its
 * content. Fails with {@link ErrorCode#MESSAGE_NOT_FOUND} if the conversation does not have the message.
 *
 * @param conversationId the conversation
 * @param messageId the message
 */
public record GetMessage(String conversationId, String messageId) implements ReadCommand<GetMessage.Found> {
    /** Rejects null. */
    public GetMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    /** The message in its latest state. */
    public record Found(Message message) {
        /** Rejects null. */
        public Found {
            requireNonNull(message, "message");
        }
    }
}
