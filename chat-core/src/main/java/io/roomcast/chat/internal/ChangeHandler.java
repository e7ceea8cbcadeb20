package io.roomcast.chat.internal;

import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.RemoveReaction;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** Changing what was said. */
@SuppressWarnings("DoNotCallSuggester")
final class ChangeHandler {
    AddReaction.Reacted react(AddReaction command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    DeleteMessage.Deleted delete(DeleteMessage command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    EditMessage.Edited edit(EditMessage command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    AddReaction.Reacted unreact(RemoveReaction command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}
