package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as its document has it.
 *
 * @param message the message
 * @param expiresAt when it is to go; null for as late as its conversation
 */
record StoredMessage(Message message, @Nullable Instant expiresAt) {
    /**
     * Returns the document to insert for a message.
     *
     * @param retention how long it is kept; null for as long as its conversation
     * @param now the present: a message older than its retention expires at once and not before
     */
    static StoredMessage of(Message message, @Nullable Duration retention, Instant now) {
        return new StoredMessage(message, retention == null ? null : expiry(message, retention, now));
    }

    private static Instant expiry(Message message, Duration retention, Instant now) {
        Instant expiry = message.createdAt().plus(retention);
        return expiry.isBefore(now) ? now : expiry;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    StoredMessage with(Message changed) {
        return new StoredMessage(changed, expiresAt);
    }
}
