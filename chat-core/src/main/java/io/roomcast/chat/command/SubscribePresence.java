package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Presence;
import java.util.List;
import java.util.Optional;

/**
 * Reads the presence of users and subscribes the session to its changes.
 *
 * @param userIds the ids of the users, at most {@value GetPresence#MAX_USERS}
 */
public record SubscribePresence(List<String> userIds) implements UserCommand<SubscribePresence.Subscribed> {
    /** Copies the list. */
    public SubscribePresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The session is subscribed.
     *
     * @param presence the current presence of each user, in the order of the command
     */
    public record Subscribed(List<Presence> presence) {
        /** Copies the list. */
        public Subscribed {
            presence = Checks.list(presence, "presence");
        }
    }
}
