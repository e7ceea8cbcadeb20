package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What has happened in one conversation after a client's position. Immutable.
 *
 * @param conversationId the conversation
 * @param messages new ones, and changed ones in their latest state with tombstones among them; ascending by seq
 * @param covered how far the client has come with these; places up to here of which nothing is said hold nothing
 * @param hasMore whether there is more after that
 * @param lost whether the way from the client's position is not known any more; then there are no messages
 */
public record CatchUp(String conversationId, List<Message> messages, Position covered, boolean hasMore, boolean lost) {
    /** Copies the messages. */
    public CatchUp {
        requireNonNull(conversationId, "conversationId");
        messages = Checks.list(messages, "messages");
        requireNonNull(covered, "covered");
    }

    /** The client must load the conversation anew. */
    public static CatchUp lost(String conversationId, Position head) {
        return new CatchUp(conversationId, List.of(), requireNonNull(head, "head"), false, true);
    }
}
