package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Receipt;

/**
 * Notifies a room that a device of a user has received messages.
 *
 * @param receipt the highest sequence number that the user's devices have received
 */
public record MessagesDelivered(Receipt receipt) implements ReceiptChanged {
    /** Rejects null for required components. */
    public MessagesDelivered {
        requireNonNull(receipt, "receipt");
    }
}
