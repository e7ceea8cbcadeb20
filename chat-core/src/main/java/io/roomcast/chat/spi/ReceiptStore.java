package io.roomcast.chat.spi;

import io.roomcast.chat.model.Receipt;
import java.util.Collection;
import java.util.List;

/** The part of a {@link ChatStore} that stores receipts. */
public interface ReceiptStore {
    /**
     * Stores receipts. A receipt with a lower sequence number than the stored one has no effect. A read receipt implies
     * a delivered one.
     *
     * @param receipts receipts of existing conversations in any order; of several for the same user, conversation and
     *     kind the highest counts
     */
    void mark(Collection<Receipt> receipts);

    /** Returns the receipts of a conversation in no order: at most one of each kind for each user. */
    List<Receipt> receipts(String conversationId);

    /**
     * Returns the receipts of several conversations, as {@link #receipts(String)} does. This implementation reads them
     * one by one.
     *
     * @param conversationIds the ids without repeats
     */
    default List<Receipt> receipts(Collection<String> conversationIds) {
        return conversationIds.stream()
                .flatMap(conversationId -> receipts(conversationId).stream())
                .toList();
    }

    /**
     * Returns a user's receipts in the given conversations in no order: at most one of each kind for each conversation.
     */
    List<Receipt> receiptsOf(String userId, Collection<String> conversationIds);
}
