package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a user has not sent yet. Immutable.
 *
 * @param content the text so far; may be empty
 * @param replyTo the id of the message that it replies to, or null
 * @param at when the draft was stored, in whole milliseconds
 */
public record Draft(String content, @Nullable String replyTo, Instant at) {
    /** Rejects null for required components. */
    public Draft {
        requireNonNull(content, "content");
        requireNonNull(at, "at");
    }
}
