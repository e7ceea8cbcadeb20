package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ReceiptPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the receipts of a conversation, by user.
 *
 * @param conversationId the conversation
 * @param afterUserId the last user of the previous page, or null for the first page
 * @param limit the maximum number of users, or null for {@value #MAX_USERS}
 */
public record GetReceipts(
        String conversationId,
        @Nullable String afterUserId,
        @Nullable Integer limit) implements ReadCommand<GetReceipts.Receipts> {
    /** The maximum number of users on a page: {@value}. A higher limit is reduced to it. */
    public static final int MAX_USERS = 1_000;

    /** Rejects a missing conversation. */
    public GetReceipts {
        requireNonNull(conversationId, "conversationId");
    }

    /** Reads the first page. */
    public GetReceipts(String conversationId) {
        this(conversationId, null, null);
    }

    /** Reads the page after a user. */
    public static GetReceipts after(String conversationId, String userId) {
        return new GetReceipts(conversationId, requireNonNull(userId, "userId"), null);
    }

    /** Returns a copy with a maximum number of users, at least 1. */
    public GetReceipts withLimit(int limit) {
        return new GetReceipts(conversationId, afterUserId, limit);
    }

    /** A page of receipts. */
    public record Receipts(ReceiptPage page) {
        /** Rejects null. */
        public Receipts {
            requireNonNull(page, "page");
        }
    }
}
