package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Presence;
import java.util.List;
import java.util.Optional;

/**
 * Reads the presence of users. Users whom the {@link io.roomcast.chat.spi.PresencePolicy} hides from the caller appear as
 * offline, without a last-seen time.
 *
 * @param userIds the ids of the users, at most {@value #MAX_USERS}
 */
public record GetPresence(List<String> userIds) implements UserCommand<GetPresence.Known> {
    /** The maximum number of users in one command, and of users that a session may subscribe to: {@value}. */
    public static final int MAX_USERS = FixedLimits.PRESENCE_USERS;

    /** Copies the list. */
    public GetPresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The presence of the users.
     *
     * @param presence one for each user, in the same order
     */
    public record Known(List<Presence> presence) {
        /** Copies the list. */
        public Known {
            presence = Checks.list(presence, "presence");
        }
    }
}
