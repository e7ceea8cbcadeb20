package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user stopped typing.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StopTyping(String conversationId, @Nullable String userId)
        implements ActivityCommand<StopTyping.Stopped> {
    /** Rejects a missing room. */
    public StopTyping {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StopTyping of(String conversationId) {
        return new StopTyping(conversationId, null);
    }

    /** The user does not count as typing. */
    public record Stopped() {}
}
