package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Session;
import java.util.concurrent.CompletionStage;

/** Sends the messages of uploads. */
@FunctionalInterface
public interface MessageSender {
    /**
     * Sends a message as a client would, but without a rate limit, which the start of the upload has observed. Returns the
     * stored message, or the one that was stored before under the same key.
     */
    CompletionStage<Message> send(Session session, SendMessage message);
}
