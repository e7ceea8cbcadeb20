package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;

/** What became of one draft of a batch. */
public sealed interface AppendResult {
    /**
     * It is stored, and will survive a crash of this process.
     *
     * @param message the message in its place
     */
    record Stored(Message message) implements AppendResult {
        /** Checks that nothing required is null. */
        public Stored {
            requireNonNull(message, "message");
        }
    }

    /**
     * The same sender stored a message in the same conversation under the same key before; this is that one.
     *
     * @param message the message that was stored first
     */
    record Duplicate(Message message) implements AppendResult {
        /** Checks that nothing required is null. */
        public Duplicate {
            requireNonNull(message, "message");
        }
    }

    /**
     * It is not known to be stored; to try again under the same key is safe.
     *
     * @param cause the reason, most often {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE}
     */
    record Failed(ChatException cause) implements AppendResult {
        /** Checks that nothing required is null. */
        public Failed {
            requireNonNull(cause, "cause");
        }
    }
}
