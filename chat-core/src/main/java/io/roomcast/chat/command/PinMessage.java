package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Permission;
import java.util.Optional;

/**
 * Pins a message, so that the conversation lists it. Requires {@link Permission#PIN}. Pinning a pinned message has no
 * effect. Fails with {@link ErrorCode#PIN_LIMIT} if the conversation has {@value
 * io.roomcast.chat.model.FixedLimits#PINS} pinned messages already.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 */
public record PinMessage(String conversationId, String messageId) implements ChangeCommand<PinMessage.Pinned> {
    /** Rejects null. */
    public PinMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.PIN);
    }

    /**
     * The message is pinned.
     *
     * @param message the message after the change
     */
    public record Pinned(Message message) {
        /** Rejects null. */
        public Pinned {
            requireNonNull(message, "message");
        }
    }
}
