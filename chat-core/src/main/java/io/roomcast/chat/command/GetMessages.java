package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Read a page of a conversation's messages: the newest, or those before, after or around a place.
 *
 * @param conversationId the conversation
 * @param before only messages with a smaller seq, or null
 * @param after only messages with a larger seq, or null
 * @param around messages on both sides of this seq, or null; at most one of the three is given
 * @param limit how many at the most, or null for the default
 */
public record GetMessages(
        String conversationId,
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        @Nullable Integer limit)
        implements Command<GetMessages.Page> {
    /** Checks that nothing required is null. */
    public GetMessages {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.READ);
    }

    @Override
    public <C> CompletionStage<Page> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * A page of messages.
     *
     * @param messages the messages, ascending by seq
     * @param hasMore whether there are more in the direction that was asked for, or on either side of a seq
     * @param position how far the conversation had come before the messages were read
     * @param epoch the id of the store's life
     */
    public record Page(List<Message> messages, boolean hasMore, Position position, String epoch) {
        /** Copies the messages. */
        public Page {
            requireNonNull(position, "position");
            requireNonNull(epoch, "epoch");
            messages = Checks.list(messages, "messages");
        }
    }
}
