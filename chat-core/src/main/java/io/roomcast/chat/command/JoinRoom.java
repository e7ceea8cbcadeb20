package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Listen to a conversation from now on. Joining twice is joining once.
 *
 * <p>What a session missed before it came in, and what it hears from then on, has nothing twice. A session that is in the
 * room already gets what it asks for, as it may have lost what it was told, and knows by the places what it has.
 *
 * @param conversationId the conversation
 * @param after how far the client has come, if it wants to hear what it missed; else null
 * @param limit how many missed messages at the most, or null for the default
 */
public record JoinRoom(
        String conversationId,
        @Nullable Position after,
        @Nullable Integer limit) implements Command<JoinRoom.Joined> {
    /** Checks that nothing required is null. */
    public JoinRoom {
        requireNonNull(conversationId, "conversationId");
    }

    /** Listens without a look back. */
    public JoinRoom(String conversationId) {
        this(conversationId, null, null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.JOIN);
    }

    @Override
    public <C> CompletionStage<Joined> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
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

        /** How many messages the user has not read. */
        public long unread() {
            return Math.max(0, position.seq() - readSeq);
        }
    }
}
