package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as its document has it. Immutable.
 *
 * @param message the message, which may have expired
 */
record StoredMessage(Message message) {
    /**
     * Returns the document to insert for a draft.
     *
     * @param retention the time for which messages of the conversation are kept; null if it has no limit
     * @param now the current time, which is the earliest expiry time, even of a message older than its retention
     */
    static StoredMessage of(MessageDraft draft, long seq, @Nullable Duration retention, Instant now) {
        MessageDraft limited =
                retention == null ? draft : draft.expiringBy(draft.createdAt().plus(retention));
        Instant expiresAt = limited.expiresAt();
        boolean isLate = expiresAt != null && expiresAt.isBefore(now);
        return new StoredMessage((isLate ? limited.expiringAt(now) : limited).at(seq));
    }

    /** Returns the time from which the message is hidden; null if it does not expire. */
    @Nullable
    Instant expiresAt() {
        return message.expiresAt();
    }

    /** Returns whether the message has expired. */
    boolean isExpired(Instant now) {
        return message.isExpired(now);
    }
}
