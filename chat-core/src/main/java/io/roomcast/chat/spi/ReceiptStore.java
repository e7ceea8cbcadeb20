package io.roomcast.chat.spi;

import io.roomcast.chat.model.Receipt;
import java.util.Collection;
import java.util.List;

/** The part of a {@link ChatStore} that keeps how far users have come. */
public interface ReceiptStore {
    /**
     * Notes how far users have come; nobody ever goes back, and what is read is delivered.
     *
     * @param receipts of conversations that there are, which nobody checks, in any order; the furthest of each user, conversation and kind counts
     */
    void mark(Collection<Receipt> receipts);

    /** The receipts of a conversation: at most one of each kind for each user, in no order. */
    List<Receipt> receipts(String conversationId);

    /**
     * The receipts of some conversations, as {@link #receipts(String)} returns them.
     *
     * <p>Asks for one after the other unless a store overrides it.
     *
     * @param conversationIds without repeats
     */
    default List<Receipt> receipts(Collection<String> conversationIds) {
        return conversationIds.stream()
                .flatMap(conversationId -> receipts(conversationId).stream())
                .toList();
    }

    /** One user's receipts in the given conversations: at most one of each kind for each of them, in no order. */
    List<Receipt> receiptsOf(String userId, Collection<String> conversationIds);
}
