package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of a user's conversations, the most recently active first. Immutable.
 *
 * @param userId the member whose conversations are listed
 * @param after the cursor of the last conversation of the previous page, or null for the first page
 * @param limit the maximum number of conversations, at least 1
 * @param only the ids of the only conversations to list, or null for all
 * @param except the ids of conversations not to list
 */
public record ConversationQuery(
        String userId,
        @Nullable Cursor after,
        int limit,
        @Nullable Set<String> only,
        Set<String> except) {
    /**
     * A position in the list. Conversations are ordered by {@code activeAt}, newest first, and then by id.
     *
     * @param activeAt the time of the newest message of the conversation at this position
     * @param conversationId the id of that conversation
     */
    public record Cursor(Instant activeAt, String conversationId) {
        /** Rejects null. */
        public Cursor {
            requireNonNull(activeAt, "activeAt");
            requireNonNull(conversationId, "conversationId");
        }
    }

    /** Copies the sets. Rejects null for required components, and a limit below 1. */
    public ConversationQuery {
        requireNonNull(userId, "userId");
        only = only == null ? null : Set.copyOf(only);
        except = Set.copyOf(requireNonNull(except, "except"));
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** Creates a query for all of the user's conversations. */
    public ConversationQuery(String userId, @Nullable Cursor after, int limit) {
        this(userId, after, limit, null, Set.of());
    }

    /** Returns a copy that starts after a cursor, or at the first conversation if it is null. */
    public ConversationQuery after(@Nullable Cursor cursor) {
        return new ConversationQuery(userId, cursor, limit, only, except);
    }

    /** Returns a copy with another maximum number of conversations, at least 1. */
    public ConversationQuery withLimit(int conversations) {
        return new ConversationQuery(userId, after, conversations, only, except);
    }

    /** Returns a copy that lists no other conversations than the given ones. */
    public ConversationQuery only(Set<String> conversationIds) {
        return new ConversationQuery(userId, after, limit, requireNonNull(conversationIds, "conversationIds"), except);
    }

    /** Returns a copy that does not list the given conversations. */
    public ConversationQuery except(Set<String> conversationIds) {
        return new ConversationQuery(userId, after, limit, only, requireNonNull(conversationIds, "conversationIds"));
    }

    /** Returns whether the list may have the conversation. */
    public boolean includes(String conversationId) {
        requireNonNull(conversationId, "conversationId");
        return (only == null || only.contains(conversationId)) && !except.contains(conversationId);
    }
}
