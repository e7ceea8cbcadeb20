package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a client had when it lost its connection, and wants to go on from. Immutable.
 *
 * @param epoch the id of the store's life that the positions belong to
 * @param rooms the rooms it was in, and how far it had come in each
 */
public record Resume(String epoch, Map<String, Position> rooms) {
    /** Copies the rooms. */
    public Resume {
        requireNonNull(epoch, "epoch");
        rooms = Checks.map(rooms, "rooms");
    }
}
