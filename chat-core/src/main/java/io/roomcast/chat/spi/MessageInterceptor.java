package io.roomcast.chat.spi;

import io.roomcast.chat.model.MessageDraft;

/**
 * Inspects every message before it is stored, and may change or reject it. Receives every edit as well, as a draft of
 * the edited message; only the content and metadata of its result are stored.
 *
 * <p>Called on threads kept for this purpose, in the order of each conversation, and for several conversations at the
 * same time. It may block for up to 500 ms, including the wait for a free thread, and the conversation waits for it.
 * After that it is interrupted, and the message fails with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, so that
 * the sender may retry. Any exception rejects the message: no message is stored without inspection. A {@link
 * io.roomcast.chat.model.ServiceUnavailableException} becomes {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}.
 */
@FunctionalInterface
public interface MessageInterceptor {
    /**
     * Returns the message to store in place of the given one.
     *
     * @param draft the validated message
     * @return the draft itself, or a copy with another body; a different id, conversation, sender or key, or a body
     *     that a client could not have sent, fails with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}
     * @throws io.roomcast.chat.model.ChatException to reject the message, preferably made by {@link
     *     io.roomcast.chat.model.ChatException#rejected(String)}
     */
    MessageDraft beforeCommit(MessageDraft draft);

    /** Returns an interceptor that accepts every message unchanged. Always returns the same interceptor. */
    static MessageInterceptor none() {
        return SilentInterceptor.INSTANCE;
    }
}
