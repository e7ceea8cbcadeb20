package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different of a conversation. Immutable.
 *
 * @param conversationId the conversation
 * @param title the new name to show; null leaves it as it is
 * @param metadata the new metadata, a JSON object as text; null leaves it as it is
 * @param at when, in whole milliseconds
 */
public record ConversationUpdate(
        String conversationId,
        @Nullable String title,
        @Nullable String metadata,
        Instant at) {
    /** Checks that it is known which, and when. */
    public ConversationUpdate {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(at, "at");
    }
}
