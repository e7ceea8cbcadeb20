package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a conversation beside its messages. Immutable.
 *
 * @param conversationId the conversation's id
 * @param kind how it chooses its members
 * @param title the name to show, or null
 * @param members the members, in the order in which they joined; empty for an open one
 * @param createdAt when it was made, in whole milliseconds
 * @param position how far it has come
 */
public record Conversation(
        String conversationId,
        ConversationKind kind,
        @Nullable String title,
        List<Member> members,
        Instant createdAt,
        Position position) {
    /** Copies the members. */
    public Conversation {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(kind, "kind");
        members = List.copyOf(members);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(position, "position");
    }
}
