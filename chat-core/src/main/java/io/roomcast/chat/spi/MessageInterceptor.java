package io.roomcast.chat.spi;

import io.roomcast.chat.model.MessageDraft;

/**
 * Sees every message before it is stored, and may change or refuse it.
 *
 * <p>Called by a worker thread in the conversation's order; it may block, and the conversation waits for it. A failure
 * of any kind refuses the message: nothing passes unseen.
 */
@FunctionalInterface
public interface MessageInterceptor {
    /**
     * The message to store in place of the given one.
     *
     * @param draft the message as validated; its id, conversation, sender and key must stay as they are
     * @throws io.roomcast.chat.model.ChatException to refuse it, best made by
     *     {@link io.roomcast.chat.model.ChatException#rejected(String)}
     */
    MessageDraft beforeCommit(MessageDraft draft);

    /** Lets every message pass as it is. */
    static MessageInterceptor none() {
        return draft -> draft;
    }
}
