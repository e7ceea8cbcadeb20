package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Receipt;
import java.util.List;

/**
 * What a session missed of a room while it was away.
 *
 * @param page the messages and the range that they cover
 * @param receipts how far everybody has come
 * @param epoch the id of the store's life
 */
public record RoomSynced(CatchUp page, List<Receipt> receipts, String epoch) implements ChatEvent {
    /** Copies the receipts. */
    public RoomSynced {
        requireNonNull(page, "page");
        requireNonNull(epoch, "epoch");
        receipts = Checks.list(receipts, "receipts");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}
