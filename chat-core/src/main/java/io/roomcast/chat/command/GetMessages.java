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
 * Reads a page of messages: the newest ones, or those before, after or around a sequence number. At most one of the
 * three anchors may be present.
 *
 * @param conversationId the conversation
 * @param before reads messages with a smaller {@code seq}, or null
 * @param after reads messages with a larger {@code seq}, or null
 * @param around reads messages on both sides of this {@code seq}, or null
 * @param limit the maximum number of messages, or null for {@link io.roomcast.chat.model.Limits#historyPage()}
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
    public <C> CompletionStage<Page> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * A page of messages.
     *
     * @param messages the messages, ascending by {@code seq}
     * @param hasMore whether there are more messages in the requested direction, or on either side of an anchor
     * @param position the conversation's position before the messages were read
     * @param epoch the store's epoch
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
