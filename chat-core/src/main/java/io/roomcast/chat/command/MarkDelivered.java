package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Tell that a device of the user's has the messages of some conversations, each up to a place.
 *
 * @param items at least one and at most {@value #MAX_ITEMS}
 */
public record MarkDelivered(List<Item> items) implements UserCommand<MarkDelivered.Delivered> {
    /** The items of one command at the most: {@value}. */
    public static final int MAX_ITEMS = 100;

    /**
     * A place in a conversation.
     *
     * @param conversationId the conversation
     * @param upToSeq the place; beyond the newest message it means that one
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
    public <C> CompletionStage<Delivered> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * It is noted.
     *
     * @param items how far the user's devices have come in each of the conversations, in the same order
     */
    public record Delivered(List<Item> items) {
        /** Copies the lists. */
        public Delivered {
            items = Checks.list(items, "items");
        }
    }
}
