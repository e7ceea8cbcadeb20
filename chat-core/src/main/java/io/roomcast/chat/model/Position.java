package io.roomcast.chat.model;

/**
 * States which messages and which changes of a conversation a client or a room has received: all up to these two
 * numbers. Immutable.
 *
 * @param seq the sequence number of the newest message, or 0 for none
 * @param version the number of the newest change of a message, or 0 for none
 */
public record Position(long seq, long version) {
    /** The position of a conversation without messages and changes. */
    public static final Position START = new Position(0, 0);
}
