package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The events of one conversation after a client's position. Immutable.
 *
 * @param conversationId the conversation
 * @param messages new and changed messages in their latest state, deleted ones included, in ascending order of {@code
 *     seq}
 * @param covered the client's position once it has processed this page. If the page skips a new sequence number up to
 *     this position, its message no longer exists
 * @param hasMore whether more events follow
 * @param lost whether the client's position is no longer known; then the page has no messages, and the client must
 *     reload
 */
public record CatchUp(String conversationId, List<Message> messages, Position covered, boolean hasMore, boolean lost) {
    /** Copies the messages. */
    public CatchUp {
        requireNonNull(conversationId, "conversationId");
        messages = Checks.list(messages, "messages");
        requireNonNull(covered, "covered");
    }

    /** Returns a page that makes the client reload the conversation. */
    public static CatchUp lost(String conversationId, Position head) {
        return new CatchUp(conversationId, List.of(), requireNonNull(head, "head"), false, true);
    }
}
