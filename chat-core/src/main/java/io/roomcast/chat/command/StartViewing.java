package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user is viewing it.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StartViewing(String conversationId, @Nullable String userId)
        implements ActivityCommand<StartViewing.Viewing> {
    /** Rejects a missing room. */
    public StartViewing {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StartViewing of(String conversationId) {
        return new StartViewing(conversationId, null);
    }

    /**
     * The user counts as viewing.
     *
     * @param viewers the ids of at most 200 viewers, those who have viewed for the longest time first
     */
    public record Viewing(List<String> viewers) {
        /** Copies the list. */
        public Viewing {
            viewers = Checks.list(viewers, "viewers");
        }
    }
}
