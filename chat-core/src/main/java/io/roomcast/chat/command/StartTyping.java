package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the others in the room that the user is typing. A client repeats it while the user keeps typing.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user
 */
public record StartTyping(String conversationId, @Nullable String userId) implements Command<StartTyping.Started> {
    /** Rejects a missing room. */
    public StartTyping {
        requireNonNull(conversationId, "conversationId");
    }

    /** Creates a command whose user is that of the session. */
    public static StartTyping of(String conversationId) {
        return new StartTyping(conversationId, null);
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
