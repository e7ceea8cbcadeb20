package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ReceiptPage;

/**
 * Sends a session a page of what it missed in one room while it was disconnected.
 *
 * @param page the new and changed messages, and the position that they cover
 * @param receipts the first page of the conversation's receipts; empty if {@code page} has more
 * @param epoch the store's epoch; positions are valid only within it
 */
public record RoomSynced(CatchUp page, ReceiptPage receipts, String epoch) implements ChatEvent {
    /** Rejects null. */
    public RoomSynced {
        requireNonNull(page, "page");
        requireNonNull(receipts, "receipts");
        requireNonNull(epoch, "epoch");
    }

    @Override
    public Delivery delivery() {
        return Delivery.RECOVERABLE;
    }
}
