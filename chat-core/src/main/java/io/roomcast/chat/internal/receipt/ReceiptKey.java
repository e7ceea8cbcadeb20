package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.model.Receipt;

/** Whose receipt of which kind, and where. */
public record ReceiptKey(Receipt.Kind kind, String conversationId, String userId) {
    public static ReceiptKey of(Receipt receipt) {
        return new ReceiptKey(receipt.kind(), receipt.conversationId(), receipt.userId());
    }

    /** The receipt that goes further. */
    static Receipt further(Receipt one, Receipt other) {
        return other.upToSeq() > one.upToSeq() ? other : one;
    }
}
