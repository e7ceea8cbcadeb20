package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user is viewing it.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StartViewing(String conversationId, @Nullable String userId) implements Command<StartViewing.Viewing> {
    /** Rejects a missing room. */
    public StartViewing {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StartViewing of(String conversationId) {
        return new StartViewing(conversationId, null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.TYPE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.TYPING);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Optional<Claim> claim() {
        return Optional.of(new Claim("userId", userId));
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
