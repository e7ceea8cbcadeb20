package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Receipt;

/** Notifies a room that a user received or read more messages. */
public sealed interface ReceiptChanged extends UserActivity permits MessagesDelivered, MessagesRead {
    /**
     * Returns the event for a receipt, which depends on its {@linkplain Receipt#kind() kind}.
     *
     * @throws IllegalArgumentException for {@link Receipt.Kind#JOINED}, which is not announced
     */
    static ReceiptChanged of(Receipt receipt) {
        return switch (requireNonNull(receipt, "receipt").kind()) {
            case DELIVERED -> new MessagesDelivered(receipt);
            case READ -> new MessagesRead(receipt);
            case JOINED -> throw new IllegalArgumentException("kind: JOINED (expected: DELIVERED or READ)");
        };
    }

    /** Returns the user's receipt after the change. */
    Receipt receipt();

    @Override
    default boolean isStored() {
        return true;
    }
}
