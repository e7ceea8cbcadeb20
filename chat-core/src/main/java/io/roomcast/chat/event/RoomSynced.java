package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Receipt;
import java.util.List;

/**
 * Sends a session a page of what it missed in one room while it was disconnected.
 *
 * @param page the new and changed messages, and the position that they cover
 * @param receipts the current receipts of the conversation
 * @param epoch the store's epoch; positions are valid only within it
 */
public record RoomSynced(CatchUp page, List<Receipt> receipts, String epoch) implements ChatEvent {
    /** Copies the receipts. */
    public RoomSynced {
        requireNonNull(page, "page");
        requireNonNull(epoch, "epoch");
        receipts = Checks.list(receipts, "receipts");
    }

    @Override
    public Delivery delivery() {
        return Delivery.RECOVERABLE;
    }
}
