package io.roomcast.chat.model;

/**
 * What other users receive about a user. Immutable.
 *
 * @param readReceipts whether others receive up to where the user has received and read messages
 * @param typing whether others receive that the user is typing
 * @param presence whether others see if the user is online, and when the user was last seen
 */
public record Privacy(boolean readReceipts, boolean typing, boolean presence) {
    /** The privacy of a user who has never set any: others receive everything. */
    public static final Privacy OPEN = new Privacy(true, true, true);
}
