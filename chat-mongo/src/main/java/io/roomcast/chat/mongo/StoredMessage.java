package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message with the time of its expiry. Immutable.
 *
 * @param message the message
 * @param expiresAt the time from which the message is hidden; null if it does not expire
 */
record StoredMessage(Message message, @Nullable Instant expiresAt) {
    /**
     * Returns the document to insert for a message.
     *
     * @param retention the time for which the message is kept; null if it does not expire
     * @param now the current time, which is the earliest expiry time, even of a message older than its retention
     */
    static StoredMessage of(Message message, @Nullable Duration retention, Instant now) {
        return new StoredMessage(message, retention == null ? null : expiry(message, retention, now));
    }

    private static Instant expiry(Message message, Duration retention, Instant now) {
        Instant expiry = message.createdAt().plus(retention);
        return expiry.isBefore(now) ? now : expiry;
    }

    /** Returns whether the message has expired. */
    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Returns the changed message with the same expiry. */
    StoredMessage with(Message changed) {
        return new StoredMessage(changed, expiresAt);
    }
}
