package io.roomcast.chat.internal;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** How far everybody has come. */
@SuppressWarnings("DoNotCallSuggester")
final class ReceiptHandler {
    GetReceipts.Receipts list(GetReceipts command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    MarkDelivered.Delivered delivered(MarkDelivered command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    MarkRead.Read read(MarkRead command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}
