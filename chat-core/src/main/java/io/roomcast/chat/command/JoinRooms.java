package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Joins several conversations, each as by its own {@link JoinRoom}, but with few reads for all.
 *
 * <p>Messages of a room may arrive before the answer. The answer is sent once every room was joined or refused. The
 * rate limiter counts each room as a single join.
 *
 * @param rooms the rooms to join, at least one and at most as many as a session may be in
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
     * The result for one room. Exactly one of {@code joined} and {@code refusal} is present.
     *
     * @param conversationId the conversation
     * @param joined the answer to the join, or null
     * @param refusal the reason for the refusal, or null
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
     * The results of all joins.
     *
     * @param results one result for each room, in the same order. If the pages are too large to send at once, later
     *     ones are cut: such a room's missed messages end early and are marked as having more
     */
    public record Joined(List<Result> results) {
        /** Copies the list. */
        public Joined {
            results = Checks.list(results, "results");
        }
    }
}
