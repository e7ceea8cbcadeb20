package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates a conversation with the user as a member. If the id is taken by a conversation of the user, or the direct
 * conversation exists, returns that conversation unchanged.
 *
 * @param requestedId the id, or null for a generated one; must be null for a direct conversation
 * @param kind whether it is direct, a group or open; only the host may create an open one
 * @param title the title to show, or null
 * @param memberIds the ids of the other members; may contain the user
 * @param metadata a JSON object as text, or null
 */
public record CreateConversation(
        @Nullable String requestedId,
        ConversationKind kind,
        @Nullable String title,
        List<String> memberIds,
        @Nullable String metadata)
        implements UserCommand<CreateConversation.Created> {
    /** Copies the list. */
    public CreateConversation {
        requireNonNull(kind, "kind");
        memberIds = Checks.list(memberIds, "memberIds");
    }

    /** Creates a group under a generated id. The user becomes its owner. */
    public static CreateConversation group(String title, Collection<String> memberIds) {
        return new CreateConversation(
                null,
                ConversationKind.GROUP,
                requireNonNull(title, "title"),
                Checks.list(memberIds, "memberIds"),
                null);
    }

    /** Creates the direct conversation of the user and another one. */
    public static CreateConversation direct(String otherUserId) {
        return new CreateConversation(
                null, ConversationKind.DIRECT, null, List.of(requireNonNull(otherUserId, "otherUserId")), null);
    }

    /** Returns a copy with a requested id. */
    public CreateConversation withId(String conversationId) {
        return new CreateConversation(
                requireNonNull(conversationId, "conversationId"), kind, title, memberIds, metadata);
    }

    /** Returns a copy with metadata, a JSON object as text. */
    public CreateConversation withMetadata(String metadata) {
        return new CreateConversation(requestedId, kind, title, memberIds, requireNonNull(metadata, "metadata"));
    }

    @Override
    public int weight() {
        return Math.max(1, memberIds.size());
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    @Override
    public Optional<RateKind> weightRate() {
        return Optional.of(RateKind.NEW_MEMBERS);
    }

    /**
     * The conversation exists.
     *
     * @param conversation the conversation
     */
    public record Created(Conversation conversation) {
        /** Rejects null. */
        public Created {
            requireNonNull(conversation, "conversation");
        }
    }
}
