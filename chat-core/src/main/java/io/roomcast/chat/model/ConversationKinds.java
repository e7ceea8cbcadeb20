package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of several conversations. Immutable.
 *
 * @param existing the kinds of those conversations that were created or have messages, by their ids
 * @param deleted the ids of those that were deleted
 */
public record ConversationKinds(Map<String, ConversationKind> existing, Set<String> deleted) {
    /** Copies the collections. */
    public ConversationKinds {
        existing = Checks.map(existing, "existing");
        deleted = Checks.set(deleted, "deleted");
    }

    /** Returns the kind, or empty if the conversation does not exist. */
    public Optional<ConversationKind> kind(String conversationId) {
        return Optional.ofNullable(existing.get(requireNonNull(conversationId, "conversationId")));
    }
}
