package io.roomcast.chat.internal;

import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** Proving anew who a session is. */
@SuppressWarnings("DoNotCallSuggester")
final class TokenHandler {
    RefreshToken.Refreshed refresh(RefreshToken command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}
