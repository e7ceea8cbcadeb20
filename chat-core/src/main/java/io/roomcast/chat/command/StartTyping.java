package io.roomcast.chat.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tell the others in the room that the user is typing.
 *
 * @param conversationId where
 * @param userId who the payload says is typing; null where the principal says it
 */
public record StartTyping(String conversationId, @Nullable String userId) implements Command<StartTyping.Started> {
    @Override
    public @Nullable String claimedUserId() {
        return userId;
    }

    /**
     * The user counts as typing.
     *
     * @param expiresIn for how long, unless it is said again
     */
    public record Started(Duration expiresIn) {}
}
