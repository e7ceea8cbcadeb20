package io.roomcast.chat.spi;

import io.roomcast.chat.model.MessageDraft;

/**
 * Sees every message before it is stored, and may change or refuse it; also every edit, as a draft of what the message
 * is to be, of which the words and the metadata are then stored.
 *
 * <p>Called by threads kept for this, in each conversation's order and for several conversations at once. It may block for
 * up to 500 ms, the wait for a free thread included, and the conversation waits for it. One that takes longer is
 * interrupted, and the message refused with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, so that the sender may try
 * again. A failure of any kind refuses the message: nothing passes unseen. A
 * {@link io.roomcast.chat.model.ServiceUnavailableException} is answered
 * {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}.
 */
@FunctionalInterface
public interface MessageInterceptor {
    /**
     * The message to store in place of the given one.
     *
     * @param draft the message as validated; its id, conversation, sender and key must stay as they are, and
     *     what is answered must be what a client might have sent: anything else is
     *     {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}
     * @throws io.roomcast.chat.model.ChatException to refuse it, best made by
     *     {@link io.roomcast.chat.model.ChatException#rejected(String)}
     */
    MessageDraft beforeCommit(MessageDraft draft);

    /** Lets every message pass as it is; always the same interceptor. */
    static MessageInterceptor none() {
        return SilentInterceptor.INSTANCE;
    }
}
