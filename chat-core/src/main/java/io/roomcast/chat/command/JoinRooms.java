package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Joins several conversations, each as by its own {@link JoinRoom}, but with few reads for all.
 *
 * <p>Messages of a room may arrive before the answer. The answer is sent once every room was joined or refused. The
 * rate limiter counts each room as a single join.
 *
 * <p>An invalid entry is refused by its own result, and the other rooms are joined.
 *
 * @param rooms the rooms to join
 * @param refused the results of requested entries that could not be read, by their index among all entries; all
 *     entries together are at least one and at most as many as a session may be in
 */
public record JoinRooms(List<JoinRoom> rooms, Map<Integer, Result> refused) implements UserCommand<JoinRooms.Joined> {
    /** Copies the collections. */
    public JoinRooms {
        rooms = Checks.list(rooms, "rooms");
        refused = Checks.map(refused, "refused");
        int size = rooms.size() + refused.size();
        for (int index : refused.keySet()) {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException(
                        "refused: " + index + " (expected: indexes of " + size + " entries)");
            }
        }
    }

    /** Joins the rooms. */
    public JoinRooms(List<JoinRoom> rooms) {
        this(rooms, Map.of());
    }

    /** Returns the number of all entries, which is the number of results. */
    public int size() {
        return rooms.size() + refused.size();
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
     * The result for one room. Exactly one of {@code joined} and {@code refusal} is present.
     *
     * @param conversationId the conversation, or an empty text if the request names none
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

        /** The result for a room that was not joined. */
        public static Result refused(String conversationId, ChatException refusal) {
            return new Result(conversationId, null, requireNonNull(refusal, "refusal"));
        }
    }

    /**
     * The results of all joins.
     *
     * @param results one result for each room, in the same order. If the pages are too large for one reply, later
     *     ones are cut: such a room's missed messages end early and are marked as having more
     */
    public record Joined(List<Result> results) {
        /** Copies the list. */
        public Joined {
            results = Checks.list(results, "results");
        }
    }
}
