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
    static StoredMessage of(Message message, @Nullable Duration retention) {
        return new StoredMessage(
                message, retention == null ? null : message.createdAt().plus(retention));
    }

    StoredMessage with(Message changed) {
        return new StoredMessage(changed, expiresAt);
    }
}
