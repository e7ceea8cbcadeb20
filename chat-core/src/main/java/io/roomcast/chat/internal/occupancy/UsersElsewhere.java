package io.roomcast.chat.internal.occupancy;

import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.NodeState.RoomState;
import io.roomcast.chat.internal.cluster.NodeState.RoomUser;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users of a room on the other nodes. A user on several nodes counts once. Immutable.
 *
 * @param users the listed users by their ids
 * @param unlisted the number of users whom no node lists
 * @param isPartial whether a node does not list all of its users
 * @param sessions the number of sessions
 * @param typing the number of users who are typing, if the room is large
 */
record UsersElsewhere(Map<String, RoomUser> users, int unlisted, boolean isPartial, int sessions, int typing) {
    static UsersElsewhere of(Collection<NodeState> states) {
        Map<String, RoomUser> users = new HashMap<>();
        int unlisted = 0;
        boolean isPartial = false;
        int sessions = 0;
        int typing = 0;
        for (NodeState state : states) {
            if (state instanceof RoomState room) {
                room.users().forEach(user -> users.merge(user.userId(), user, UsersElsewhere::merged));
                unlisted += room.online() - joined(room.users());
                isPartial |= room.isPartial();
                sessions += room.sessions();
                typing += room.typing();
            }
        }
        return new UsersElsewhere(users, unlisted, isPartial, sessions, typing);
    }

    private static int joined(List<RoomUser> users) {
        return (int) users.stream().filter(RoomUser::isJoined).count();
    }

    private static RoomUser merged(RoomUser one, RoomUser other) {
        return new RoomUser(one.userId(), one.isJoined() || other.isJoined(), one.isViewing() || other.isViewing());
    }

    boolean isJoined(String userId) {
        RoomUser user = users.get(userId);
        return user != null && user.isJoined();
    }

    boolean isViewing(String userId) {
        RoomUser user = users.get(userId);
        return user != null && user.isViewing();
    }

    Set<String> viewers() {
        return users.values().stream()
                .filter(RoomUser::isViewing)
                .map(RoomUser::userId)
                .collect(Collectors.toSet());
    }

    /** Returns the number of users who joined the room, without some that are on this node too. */
    int online(Map<String, RoomUser> here) {
        long listed = users.values().stream()
                .filter(user -> user.isJoined() && !isJoined(here, user.userId()))
                .count();
        return (int) listed + unlisted;
    }

    private static boolean isJoined(Map<String, RoomUser> here, String userId) {
        RoomUser user = here.get(userId);
        return user != null && user.isJoined();
    }
}
