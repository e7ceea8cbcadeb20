package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;
import java.util.Optional;

/**
 * Reports whether the user is active in this session. A user is away if all of the user's sessions are.
 *
 * @param status {@link Presence.Status#ONLINE} or {@link Presence.Status#AWAY}
 */
public record SetPresence(Presence.Status status) implements UserCommand<SetPresence.Set> {
    /** Rejects null. */
    public SetPresence {
        requireNonNull(status, "status");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The status is recorded.
     *
     * @param presence the presence that others see
     */
    public record Set(Presence presence) {
        /** Rejects null. */
        public Set {
            requireNonNull(presence, "presence");
        }
    }
}
