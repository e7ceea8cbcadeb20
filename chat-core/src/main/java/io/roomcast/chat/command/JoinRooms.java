package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Listen to several conversations from now on, each as by a {@link JoinRoom} of its own, with few reads for all.
 *
 * <p>Messages of one room may arrive before the answer, which comes once every room was joined or refused. The permits of
 * the rate limiter are those of the single joins.
 *
 * @param rooms what to join, at least one and at most as many as a session may be in
 */
public record JoinRooms(List<JoinRoom> rooms) implements UserCommand<JoinRooms.Joined> {
    /** Copies the list. */
    public JoinRooms {
        rooms = Checks.list(rooms, "rooms");
    }

    @Override
    public <C> CompletionStage<Joined> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    /**
     * What became of one room: either of the two is there.
     *
     * @param conversationId the conversation
     * @param joined the answer to the join, or null
     * @param refusal why the room was not joined, or null
     */
    public record Result(
            String conversationId,
            JoinRoom.@Nullable Joined joined,
            @Nullable ChatException refusal) {
        /** Checks that nothing required is null. */
        public Result {
            requireNonNull(conversationId, "conversationId");
        }
    }

    /**
     * Every room was joined or refused.
     *
     * @param results one result for each room, in the same order. What is too much to send at once is left out: such a
     *     room's missed messages end early, with more to follow
     */
    public record Joined(List<Result> results) {
        /** Copies the list. */
        public Joined {
            results = Checks.list(results, "results");
        }
    }
}
