package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Message;
import java.util.List;

/**
 * Reads the pinned messages of a conversation.
 *
 * @param conversationId the conversation
 */
public record GetPins(String conversationId) implements ReadCommand<GetPins.Listed> {
    /** Rejects null. */
    public GetPins {
        requireNonNull(conversationId, "conversationId");
    }

    /**
     * The pinned messages.
     *
     * @param messages the messages, the most recently pinned first
     */
    public record Listed(List<Message> messages) {
        /** Copies the list. */
        public Listed {
            messages = Checks.list(messages, "messages");
        }
    }
}
