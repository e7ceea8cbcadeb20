package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Presence;
import java.util.List;
import java.util.Optional;

/**
 * Ends subscriptions to the presence of users. The session still receives the presence of users in its rooms.
 *
 * @param userIds the ids of the users
 */
public record UnsubscribePresence(List<String> userIds) implements UserCommand<UnsubscribePresence.Unsubscribed> {
    /** Copies the list. */
    public UnsubscribePresence {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The subscriptions have ended.
     *
     * @param presence the current presence of each user, in the order of the command
     */
    public record Unsubscribed(List<Presence> presence) {
        /** Copies the list. */
        public Unsubscribed {
            presence = Checks.list(presence, "presence");
        }
    }
}
