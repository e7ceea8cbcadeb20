package io.roomcast.chat.internal;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** Who is here. */
@SuppressWarnings("DoNotCallSuggester")
final class PresenceHandler {
    GetPresence.Known get(GetPresence command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    SetPresence.Set set(SetPresence command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    GetPresence.Known subscribe(SubscribePresence command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    UnsubscribePresence.Unsubscribed unsubscribe(UnsubscribePresence command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}
