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

    /**
     * The session is in the room; every message after the position reaches it.
     *
     * @param conversationId the conversation
     * @param epoch the id of the store's life; a position of another epoch means nothing
     * @param position how far the conversation had come
     * @param readSeq how far the user has read
     * @param online how many users are in the room on this server, this one included; each session without a user counts
     *     as one
     * @param missed what happened after the client's position, or null where it gave none
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
