package io.roomcast.chat.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a conversation's receipts. Immutable.
 *
 * @param receipts at most one of each kind for each user, by user in {@link ReceiptQuery#ORDER}
 * @param next the last user of the page if more users have receipts, to be used as the next page's {@code afterUserId};
 *     otherwise null
 */
public record ReceiptPage(List<Receipt> receipts, @Nullable String next) {
    /** A page without receipts, which is the last one. */
    public static final ReceiptPage EMPTY = new ReceiptPage(List.of(), null);

    /** Copies the list. */
    public ReceiptPage {
        receipts = Checks.list(receipts, "receipts");
    }
}
