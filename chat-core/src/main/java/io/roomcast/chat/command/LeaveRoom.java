package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * Leaves a room. Succeeds also if the session is not in the room.
 *
 * @param conversationId the room
 */
public record LeaveRoom(String conversationId) implements Command<LeaveRoom.Left> {
    /** Rejects null. */
    public LeaveRoom {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.empty();
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.LEAVES);
    }

    /**
     * The session is not in the room.
     *
     * @param conversationId the room
     */
    public record Left(String conversationId) {
        /** Rejects null. */
        public Left {
            requireNonNull(conversationId, "conversationId");
        }
    }
}
