package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins several rooms. Each is joined as by a {@link JoinRoom}, but one call of the store reads many rooms.
 *
 * <p>The result follows once every room was joined or refused; messages of a joined room may arrive before it. The rate
 * limiter counts each room as one join. An invalid entry is refused in its own result, and the other rooms are joined.
 *
 * <p>Both components together must have at least one entry, and at most
 * {@link io.roomcast.chat.model.Limits#roomsPerSession()}.
 *
 * @param rooms the rooms to join
 * @param refused the results for entries that could not be decoded, by their index among all entries
 */
public record JoinRooms(List<JoinRoom> rooms, Map<Integer, Result> refused) implements UserCommand<JoinRooms.Joined> {
    /** Copies the collections and rejects an index outside of the entries. */
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

    /** Joins rooms without refused entries. */
    public JoinRooms(List<JoinRoom> rooms) {
        this(rooms, Map.of());
    }

    /** Returns the number of entries, which is also the number of results. */
    public int size() {
        return rooms.size() + refused.size();
    }

    /** Needs no permit itself, because each of its rooms takes one later. */
    @Override
    public Optional<RateKind> rate() {
        return Optional.empty();
    }

    /**
     * The result for one room. Exactly one of {@code joined} and {@code refusal} is present.
     *
     * @param conversationId the room, or an empty text if the entry names none
     * @param joined the result of the join, or null
     * @param refusal the failure, or null
     */
    public record Result(
            String conversationId,
            JoinRoom.@Nullable Joined joined,
            @Nullable ChatException refusal) {
        /** Rejects a missing room. */
        public Result {
            requireNonNull(conversationId, "conversationId");
        }

        /** Returns the result for a room that was not joined. */
        public static Result refused(String conversationId, ChatException refusal) {
            return new Result(conversationId, null, requireNonNull(refusal, "refusal"));
        }
    }

    /**
     * The results of all joins.
     *
     * @param results one result for each entry, in the same order; if all pages together are too large, later ones are
     *     cut and have {@link io.roomcast.chat.model.CatchUp#hasMore()}
     */
    public record Joined(List<Result> results) {
        /** Copies the list. */
        public Joined {
            results = Checks.list(results, "results");
        }
    }
}
