package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.model.Receipt;

/** Identifies a receipt: each user has at most one of each kind in a conversation. */
public record ReceiptKey(Receipt.Kind kind, String conversationId, String userId) {
    /** Returns the key of a receipt. */
    public static ReceiptKey of(Receipt receipt) {
        return new ReceiptKey(receipt.kind(), receipt.conversationId(), receipt.userId());
    }

    /** Returns the one of two receipts that counts. */
    static Receipt latest(Receipt one, Receipt other) {
        return other.replaces(one) ? other : one;
    }
}
