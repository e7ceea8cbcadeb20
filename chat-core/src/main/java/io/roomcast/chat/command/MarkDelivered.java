package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Records that a device of the user has received the messages of some conversations, each up to a sequence number.
 *
 * @param items at least one and at most {@value #MAX_ITEMS}
 */
public record MarkDelivered(List<Item> items) implements UserCommand<MarkDelivered.Delivered> {
    /** The maximum number of items: {@value}. */
    public static final int MAX_ITEMS = 100;

    /**
     * A delivery receipt for one conversation.
     *
     * @param conversationId the conversation
     * @param upToSeq the highest received sequence number; a number above the head counts as the head
     */
    public record Item(String conversationId, long upToSeq) {
        /** Checks that nothing required is null. */
        public Item {
            requireNonNull(conversationId, "conversationId");
        }
    }

    /** Copies the lists. */
    public MarkDelivered {
        items = Checks.list(items, "items");
    }

    @Override
    public int weight() {
        return Math.max(1, items.size());
    }

    @Override
    public <C> CompletionStage<Delivered> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms the receipts.
     *
     * @param items the highest sequence number that the user's devices have received in each conversation, in the order
     *     of the request
     */
    public record Delivered(List<Item> items) {
        /** Copies the lists. */
        public Delivered {
            items = Checks.list(items, "items");
        }
    }
}
