package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.ReceiptPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events after a position: new messages, and changes of old ones.
 *
 * @param conversationId the conversation
 * @param after the client's position
 * @param epoch the store's epoch that the position belongs to
 * @param limit the maximum number of messages, or null for {@link io.roomcast.chat.model.Limits#syncPage()}
 */
public record SyncRoom(
        String conversationId,
        Position after,
        String epoch,
        @Nullable Integer limit) implements ReadCommand<SyncRoom.Synced> {
    /** Rejects null for required components. */
    public SyncRoom {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(after, "after");
        requireNonNull(epoch, "epoch");
    }

    /** Reads the events after a position. */
    public static SyncRoom of(String conversationId, Position after, String epoch) {
        return new SyncRoom(conversationId, after, epoch, null);
    }

    /** Returns a copy with a maximum number of messages, at least 1. */
    public SyncRoom withLimit(int limit) {
        return new SyncRoom(conversationId, after, epoch, limit);
    }

    /**
     * The events after the position.
     *
     * @param page the messages and the position that they cover
     * @param receipts the first page of the conversation's receipts; empty if {@code page} has more
     * @param epoch the store's epoch
     */
    public record Synced(CatchUp page, ReceiptPage receipts, String epoch) {
        /** Rejects null. */
        public Synced {
            requireNonNull(page, "page");
            requireNonNull(receipts, "receipts");
            requireNonNull(epoch, "epoch");
        }
    }
}
