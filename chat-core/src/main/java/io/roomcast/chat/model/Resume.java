package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The state that a client had when it lost its connection, and wants to continue from. Immutable.
 *
 * @param epoch the store's epoch at that time: it changes when the store is recreated, which makes older positions
 *     meaningless
 * @param rooms the rooms that the client was in, and its position in each
 */
public record Resume(String epoch, Map<String, Position> rooms) {
    /** Copies the rooms. */
    public Resume {
        requireNonNull(epoch, "epoch");
        rooms = Checks.map(rooms, "rooms");
    }
}
