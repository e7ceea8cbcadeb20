package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.model.ChatException;
import java.util.List;

/** Checks requests for users and their presence. */
public final class PresenceRules {
    private static final String USER_IDS = "userIds";

    private final IdRules ids;

    PresenceRules(IdRules ids) {
        this.ids = ids;
    }

    public void userIds(List<String> userIds) {
        userIds(userIds, GetPresence.MAX_USERS);
    }

    /** Checks a list of at least one user, and at most a number of them. */
    public void userIds(List<String> userIds, int max) {
        if (userIds.isEmpty()) {
            throw ChatException.missing(USER_IDS);
        }
        if (userIds.size() > max) {
            throw ChatException.invalid(USER_IDS, "1 to " + max + " users");
        }
        ids.userIds(userIds, USER_IDS);
    }
}
