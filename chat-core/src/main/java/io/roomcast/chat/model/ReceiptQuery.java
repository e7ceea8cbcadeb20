package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of a conversation's receipts, by user. Immutable.
 *
 * @param conversationId the conversation
 * @param afterUserId the last user of the previous page, or null for the first page; need not have a receipt
 * @param users the maximum number of users whose receipts are on the page, at least 1
 */
public record ReceiptQuery(String conversationId, @Nullable String afterUserId, int users) {
    /** The order of the users: by the code points of their ids. It is also MongoDB's order of strings. */
    public static final Comparator<String> ORDER = ReceiptQuery::compare;

    /** Rejects null and a number below 1. */
    public ReceiptQuery {
        requireNonNull(conversationId, "conversationId");
        if (users < 1) {
            throw new IllegalArgumentException("users: " + users + " (expected: >= 1)");
        }
    }

    /** Returns a query for the first page. */
    public static ReceiptQuery first(String conversationId, int users) {
        return new ReceiptQuery(conversationId, null, users);
    }

    /**
     * Returns the query for the next page. Empty if this was the last one.
     *
     * @param page the receipts that this query returned
     */
    public Optional<ReceiptQuery> next(List<Receipt> page) {
        boolean isFull = requireNonNull(page, "page").stream()
                        .map(Receipt::userId)
                        .distinct()
                        .count()
                == users;
        return isFull
                ? Optional.of(new ReceiptQuery(
                        conversationId, page.get(page.size() - 1).userId(), users))
                : Optional.empty();
    }

    /** Compares UTF-16 units, of which surrogates stand for higher code points than all others. */
    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                return Character.isSurrogate(left) == Character.isSurrogate(right)
                        ? left - right
                        : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
            }
        }
        return one.length() - other.length();
    }
}
