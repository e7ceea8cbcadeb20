package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.model.ChatException;
import java.util.List;

/** Checks requests for the presence of users. */
public final class PresenceRules {
    private static final String USER_IDS = "userIds";

    private final IdRules ids;

    PresenceRules(IdRules ids) {
        this.ids = ids;
    }

    public void userIds(List<String> userIds) {
        if (userIds.isEmpty()) {
            throw ChatException.missing(USER_IDS);
        }
        if (userIds.size() > GetPresence.MAX_USERS) {
            throw ChatException.invalid(USER_IDS, "1 to " + GetPresence.MAX_USERS + " users");
        }
        ids.userIds(userIds, USER_IDS);
    }
}
