package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Joins a room: the session receives the conversation's events from then on.
 *
 * <p>The missed messages and the later events have no gap and no repetition between them. Joining twice is allowed and
 * returns the requested messages again, so a client can repeat a lost request.
 *
 * @param conversationId the conversation
 * @param after the client's position, to receive what it missed; null to receive nothing
 * @param limit the maximum number of missed messages, or null for {@link io.roomcast.chat.model.Limits#syncPage()}
 */
public record JoinRoom(
        String conversationId,
        @Nullable Position after,
        @Nullable Integer limit) implements Command<JoinRoom.Joined> {
    /** Checks that nothing required is null. */
    public JoinRoom {
        requireNonNull(conversationId, "conversationId");
    }

    /** Joins without requesting missed messages. */
    public JoinRoom(String conversationId) {
        this(conversationId, null, null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.JOIN);
    }

    @Override
    public <C> CompletionStage<Joined> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the session is in the room. The session receives every message after the position.
     *
     * @param conversationId the conversation
     * @param epoch the store's epoch; the position is valid only within this epoch
     * @param position the conversation's head when the session joined
     * @param readSeq the highest sequence number that the user has read
     * @param online the number of users in the room on this server, including this one; each session without a user
     *     counts as one
     * @param missed the events after the client's position, or null if the client sent no position
     */
    public record Joined(
            String conversationId,
            String epoch,
            Position position,
            long readSeq,
            int online,
            @Nullable CatchUp missed) {
        /** Checks that nothing required is null. */
        public Joined {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(epoch, "epoch");
            requireNonNull(position, "position");
        }

        /** Returns the number of messages that the user has not read. */
        public long unread() {
            return Math.max(0, position.seq() - readSeq);
        }
    }
}
