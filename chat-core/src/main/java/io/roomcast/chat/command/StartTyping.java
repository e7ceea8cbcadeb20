package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user is typing. A client repeats it while the user keeps typing.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StartTyping(String conversationId, @Nullable String userId)
        implements ActivityCommand<StartTyping.Started> {
    /** Rejects a missing room. */
    public StartTyping {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StartTyping of(String conversationId) {
        return new StartTyping(conversationId, null);
    }

    /**
     * The user counts as typing.
     *
     * @param expiresIn how long the user counts as typing if the command is not repeated
     */
    public record Started(Duration expiresIn) {
        /** Rejects null. */
        public Started {
            requireNonNull(expiresIn, "expiresIn");
        }
    }
}
