package io.roomcast.chat.spi;

import io.roomcast.chat.model.MessageDraft;

/** Says nothing to anything. */
enum SilentInterceptor implements MessageInterceptor {
    INSTANCE;

    @Override
    public MessageDraft beforeCommit(MessageDraft draft) {
        return draft;
    }
}
