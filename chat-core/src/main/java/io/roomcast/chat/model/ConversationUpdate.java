package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a conversation's title or metadata. Immutable.
 *
 * @param conversationId the conversation
 * @param title the new title, or null to keep the current one
 * @param metadata the new metadata, a JSON object as text, or null to keep the current one
 * @param at the time of the change, in whole milliseconds
 */
public record ConversationUpdate(
        String conversationId,
        @Nullable String title,
        @Nullable String metadata,
        Instant at) {
    /** Rejects null for required components. */
    public ConversationUpdate {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(at, "at");
    }
}
