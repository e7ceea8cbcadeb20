package io.roomcast.chat.command;

import org.jspecify.annotations.Nullable;

/**
 * Tell the others in the room that the user stopped typing.
 *
 * @param conversationId where
 * @param userId who the payload says was typing; null where the principal says it
 */
public record StopTyping(String conversationId, @Nullable String userId) implements Command<StopTyping.Stopped> {
    @Override
    public @Nullable String claimedUserId() {
        return userId;
    }

    /** The user does not count as typing. */
    public record Stopped() {}
}
