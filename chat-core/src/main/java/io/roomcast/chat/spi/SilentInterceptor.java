package io.roomcast.chat.spi;

import io.roomcast.chat.model.MessageDraft;

/** Accepts every message unchanged. */
enum SilentInterceptor implements MessageInterceptor {
    INSTANCE;

    @Override
    public MessageDraft beforeCommit(MessageDraft draft) {
        return draft;
    }
}
