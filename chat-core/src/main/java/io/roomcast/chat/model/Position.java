package io.roomcast.chat.model;

/**
 * A position in a conversation's two logs. Immutable.
 *
 * @param seq the sequence number of the newest message, or 0 for none
 * @param version the number of the newest change of a message, or 0 for none
 */
public record Position(long seq, long version) {
    /** The position of a conversation without messages and changes. */
    public static final Position START = new Position(0, 0);
}
