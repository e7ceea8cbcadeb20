package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Receipt;

/**
 * Notifies a room that a user has read messages.
 *
 * @param receipt the highest sequence number that the user has read
 */
public record MessagesRead(Receipt receipt) implements ReceiptChanged {
    /** Rejects null for required components. */
    public MessagesRead {
        requireNonNull(receipt, "receipt");
    }
}
