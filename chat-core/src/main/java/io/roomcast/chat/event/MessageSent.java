package io.roomcast.chat.event;

import io.roomcast.chat.model.Message;

/**
 * A message was stored.
 *
 * @param message the message
 */
public record MessageSent(Message message) implements ChatEvent {
    @Override
    public String conversationId() {
        return message.conversationId();
    }
}
