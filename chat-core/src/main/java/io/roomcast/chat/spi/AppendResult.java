package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;

/** The result of appending one message. */
public sealed interface AppendResult {
    /**
     * Calls the visitor's method for the type of this result, and returns its value.
     *
     * @param <R> the type of the value
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * The message is stored durably: it survives a crash of this process.
     *
     * @param message the message with its sequence number
     */
    record Stored(Message message) implements AppendResult {
        /** Rejects null. */
        public Stored {
            requireNonNull(message, "message");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The same sender has already stored a message under the same key in the same conversation.
     *
     * @param message the message that was stored first
     */
    record Duplicate(Message message) implements AppendResult {
        /** Rejects null. */
        public Duplicate {
            requireNonNull(message, "message");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The append failed. A retry under the same key is safe: it stores the message, or returns {@link Duplicate} if it is
     * stored already.
     *
     * @param cause the reason: {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} only if the message is not
     *     stored and will not be, {@link io.roomcast.chat.model.ErrorCode#TIMEOUT} if that is unknown, and {@link
     *     ChatException#notNext} if another message is the next one after {@link
     *     io.roomcast.chat.model.MessageDraft#ifLatestSeq}
     */
    record Failed(ChatException cause) implements AppendResult {
        /** Rejects null. */
        public Failed {
            requireNonNull(cause, "cause");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Returns a value for each type of result. An implementation does not compile if it misses a type.
     *
     * @param <R> the type of the value
     */
    interface Visitor<R> {
        /** Visits a message that is stored now. */
        R visit(Stored stored);

        /** Visits a message that was stored before. */
        R visit(Duplicate duplicate);

        /** Visits a failure. */
        R visit(Failed failed);
    }
}
