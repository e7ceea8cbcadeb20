package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ask what happened after a position: new messages, and what was changed of old ones.
 *
 * @param conversationId the conversation
 * @param after how far the client has come
 * @param epoch the id of the store's life that the position belongs to
 * @param limit how many messages at the most, or null for the default
 */
public record SyncRoom(
        String conversationId,
        Position after,
        String epoch,
        @Nullable Integer limit) implements Command<SyncRoom.Synced> {
    /** Checks that nothing required is null. */
    public SyncRoom {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(after, "after");
        requireNonNull(epoch, "epoch");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.READ);
    }

    @Override
    public <C> CompletionStage<Synced> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * What happened.
     *
     * @param page the messages and the range that they cover
     * @param receipts how far everybody has come
     * @param epoch the id of the store's life
     */
    public record Synced(CatchUp page, List<Receipt> receipts, String epoch) {
        /** Copies the lists. */
        public Synced {
            requireNonNull(page, "page");
            requireNonNull(epoch, "epoch");
            receipts = Checks.list(receipts, "receipts");
        }
    }
}
