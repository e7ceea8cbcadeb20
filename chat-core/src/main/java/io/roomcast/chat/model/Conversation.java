package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its messages. Immutable.
 *
 * @param conversationId the id
 * @param kind whether it is direct, a group or open
 * @param title the title to show, or null
 * @param members the members in the order in which they joined; empty for an open conversation, and for a group in a
 *     list of conversations
 * @param metadata a JSON object as text that the chat stores and does not read, or null
 * @param retention how long messages are kept, or null for no limit
 * @param createdAt when it was created, in whole milliseconds
 * @param updatedAt when its title or metadata last changed, or when it was created if they never did
 * @param position the sequence number of its newest message and the version of its newest change
 * @param lastMessage a preview of its newest message, or null if it has none
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

    /** Returns the user's membership, or empty if the user is not among {@link #members()}. */
    public Optional<Member> member(String userId) {
        requireNonNull(userId, "userId");
        return members.stream().filter(member -> member.userId().equals(userId)).findFirst();
    }

    /** Returns the time of the newest message, or the time of creation if there is none. */
    public Instant activeAt() {
        return lastMessage == null ? createdAt : lastMessage.createdAt();
    }

    /** Returns the cursor of this conversation in a user's list. */
    public ConversationQuery.Cursor cursor() {
        return new ConversationQuery.Cursor(activeAt(), conversationId);
    }
}
