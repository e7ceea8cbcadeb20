package io.roomcast.chat.spi;

import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import java.util.Collection;
import java.util.List;

/** The part of a {@link ChatStore} that stores receipts. */
public interface ReceiptStore {
    /**
     * Stores receipts. A receipt with a lower sequence number than the stored one has no effect; of {@link
     * Receipt.Kind#JOINED} one with a higher number has none. A read receipt implies a delivered one.
     *
     * @param receipts receipts in any order; of several for the same user, conversation and kind the one counts that
     *     {@linkplain Receipt#replaces replaces} the others. Only those of the kind {@code JOINED} may be of conversations
     *     that do not exist, and do not create them
     */
    void mark(Collection<Receipt> receipts);

    /**
     * Returns a page of a conversation's receipts: at most one of each kind for each user. Empty for a conversation
     * without receipts.
     *
     * <p>The users are in {@link ReceiptQuery#ORDER}, and the page has the first ones after {@link
     * ReceiptQuery#afterUserId()}. It has fewer than {@link ReceiptQuery#users()} only if it is the last. A conversation
     * may have receipts of very many users, so an index should serve the order.
     */
    List<Receipt> receipts(ReceiptQuery query);

    /**
     * Returns the first page of each conversation, as {@link #receipts(ReceiptQuery)} does. This implementation reads
     * them one by one.
     *
     * @param conversationIds the ids without repeats
     * @param users the maximum number of users on each page, at least 1
     */
    default List<Receipt> receipts(Collection<String> conversationIds, int users) {
        return conversationIds.stream()
                .flatMap(conversationId -> receipts(ReceiptQuery.first(conversationId, users)).stream())
                .toList();
    }

    /**
     * Returns a user's receipts in the given conversations in no order: at most one of each kind for each conversation.
     */
    List<Receipt> receiptsOf(String userId, Collection<String> conversationIds);
}
