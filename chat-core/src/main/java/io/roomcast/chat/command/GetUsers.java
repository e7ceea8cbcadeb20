package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.UserProfile;
import java.util.List;
import java.util.Optional;

/**
 * Reads the names and pictures of users from the host's {@link io.roomcast.chat.spi.UserDirectory}. Fails with {@link
 * ErrorCode#NOT_SUPPORTED} if there is none, and with the code of the directory's failure, such as {@link
 * ErrorCode#TIMEOUT}.
 *
 * @param userIds the ids of the users, at most {@value FixedLimits#USERS}
 */
public record GetUsers(List<String> userIds) implements UserCommand<GetUsers.Found> {
    /** Copies the list. */
    public GetUsers {
        userIds = Checks.list(userIds, "userIds");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The users that the directory knows.
     *
     * @param users the users, in the order of the request; unknown ones are left out
     */
    public record Found(List<UserProfile> users) {
        /** Copies the list. */
        public Found {
            users = Checks.list(users, "users");
        }
    }
}
