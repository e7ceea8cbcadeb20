package io.roomcast.chat.testkit;

import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ReceiptStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all pages of a conversation's receipts. */
public final class StoredReceipts {
    private static final int PAGE = 100;

    private StoredReceipts() {}

    /** Returns the receipts of all users. */
    public static List<Receipt> of(ReceiptStore store, String conversationId) {
        return of(store, conversationId, PAGE);
    }

    /** Returns the receipts of all users, read in pages of some users each. */
    static List<Receipt> of(ReceiptStore store, String conversationId, int users) {
        List<Receipt> all = new ArrayList<>();
        Optional<ReceiptQuery> query = Optional.of(ReceiptQuery.first(conversationId, users));
        while (query.isPresent()) {
            List<Receipt> page = store.receipts(query.get());
            all.addAll(page);
            query = query.get().next(page);
        }
        return all;
    }
}
