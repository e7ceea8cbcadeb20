package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user stopped viewing it.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StopViewing(String conversationId, @Nullable String userId)
        implements ActivityCommand<StopViewing.Stopped> {
    /** Rejects a missing room. */
    public StopViewing {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StopViewing of(String conversationId) {
        return new StopViewing(conversationId, null);
    }

    /** The user does not count as viewing. */
    public record Stopped() {}
}
