package io.roomcast.chat.internal;

import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** Telling who looks at a room; nothing of it is stored. */
@SuppressWarnings("DoNotCallSuggester")
final class ViewingHandler {
    StartViewing.Viewing start(StartViewing command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    StopViewing.Stopped stop(StopViewing command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}
