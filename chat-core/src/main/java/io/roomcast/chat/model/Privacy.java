package io.roomcast.chat.model;

/**
 * What other users may see of a user. Immutable.
 *
 * @param readReceipts whether others see what the user has received and read
 * @param typing whether others see that the user is typing
 * @param presence whether others see whether the user is online
 */
public record Privacy(boolean readReceipts, boolean typing, boolean presence) {
    /** The privacy of a user who has never set any: others see everything. */
    public static final Privacy DEFAULT = new Privacy(true, true, true);
}
