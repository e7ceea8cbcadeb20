package io.roomcast.chat.model;

/**
 * How far a conversation has come. Immutable.
 *
 * @param seq the place of its newest message; 0 if it has none
 * @param version the number of its newest change; 0 if nothing was ever changed
 */
public record Position(long seq, long version) {
    /** The position of a conversation in which nothing has happened. */
    public static final Position START = new Position(0, 0);
}
