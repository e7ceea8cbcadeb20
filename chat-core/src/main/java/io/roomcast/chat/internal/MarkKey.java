package io.roomcast.chat.internal;

import io.roomcast.chat.model.Receipt;

/** Whose receipt of which kind, and where. */
record MarkKey(Receipt.Kind kind, String conversationId, String userId) {
    static MarkKey of(Receipt receipt) {
        return new MarkKey(receipt.kind(), receipt.conversationId(), receipt.userId());
    }

    /** The receipt that goes further. */
    static Receipt further(Receipt one, Receipt other) {
        return other.upToSeq() > one.upToSeq() ? other : one;
    }
}
