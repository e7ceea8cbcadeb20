package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.FixedLimits;
import java.util.List;
import java.util.Optional;

/**
 * Reports that a device of the user has received the messages of conversations, each up to a sequence number.
 *
 * @param items the conversations, 1 to {@value #MAX_ITEMS}
 */
public record MarkDelivered(List<Item> items) implements UserCommand<MarkDelivered.Delivered> {
    /** The maximum number of conversations in one command: {@value}. */
    public static final int MAX_ITEMS = FixedLimits.DELIVERED_ITEMS;

    /**
     * A conversation and a sequence number in it.
     *
     * @param conversationId the conversation
     * @param upToSeq the highest sequence number; a number above the newest message counts as that of the newest
     */
    public record Item(String conversationId, long upToSeq) {
        /** Rejects a missing conversation. */
        public Item {
            requireNonNull(conversationId, "conversationId");
        }
    }

    /** Copies the list. */
    public MarkDelivered {
        items = Checks.list(items, "items");
    }

    @Override
    public int weight() {
        return Math.max(1, items.size());
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.RECEIPTS);
    }

    @Override
    public Optional<RateKind> weightRate() {
        return Optional.of(RateKind.DELIVERED_MARKS);
    }

    /**
     * The receipts are recorded. A lower sequence number than the recorded one has no effect.
     *
     * @param items the highest sequence numbers that the user's devices have received, in the order of the command
     */
    public record Delivered(List<Item> items) {
        /** Copies the list. */
        public Delivered {
            items = Checks.list(items, "items");
        }
    }
}
