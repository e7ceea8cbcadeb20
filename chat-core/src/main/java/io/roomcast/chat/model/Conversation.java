package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a conversation beside its messages. Immutable.
 *
 * @param conversationId the conversation's id
 * @param kind how it chooses its members
 * @param title the name to show, or null
 * @param members the members, in the order in which they joined; empty for an open one, and in lists for a group
 * @param metadata a JSON object as text, which the chat carries and does not read, or null
 * @param retention how long a message is kept; null for as long as the conversation
 * @param createdAt when it was made, in whole milliseconds
 * @param updatedAt when its title or metadata were changed last; when it was made if they were not
 * @param position how far it has come
 * @param lastMessage the newest message, or null
 */
public record Conversation(
        String conversationId,
        ConversationKind kind,
        @Nullable String title,
        List<Member> members,
        @Nullable String metadata,
        @Nullable Duration retention,
        Instant createdAt,
        Instant updatedAt,
        Position position,
        @Nullable MessagePreview lastMessage) {
    /** Copies the members. */
    public Conversation {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(kind, "kind");
        members = Checks.list(members, "members");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(updatedAt, "updatedAt");
        requireNonNull(position, "position");
    }

    /** When something was said last; when it was made if nothing was. */
    public Instant activeAt() {
        return lastMessage == null ? createdAt : lastMessage.createdAt();
    }

    /** Its place in a user's list. */
    public ConversationQuery.Cursor cursor() {
        return new ConversationQuery.Cursor(activeAt(), conversationId);
    }
}
