package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.RemotePresence;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which users are connected, and which of them look at a conversation, on all nodes. Safe for use by any thread;
 * methods may read it from other nodes, and block meanwhile.
 */
public final class Attendance {
    /** How long to wait for other nodes, since users whom they do not report are notified although they are here. */
    private static final Duration MAX_READ = Duration.ofSeconds(1);

    private final RoomRegistry rooms;
    private final PresenceTracker presence;
    private final HiddenPresence hidden;
    private final ViewingTracker viewing;
    private final RemotePresence remote;
    private final JoinLeaveNotifier notifier;

    Attendance(
            RoomRegistry rooms,
            PresenceTracker presence,
            HiddenPresence hidden,
            ViewingTracker viewing,
            RemotePresence remote,
            JoinLeaveNotifier notifier) {
        this.rooms = rooms;
        this.presence = presence;
        this.hidden = hidden;
        this.viewing = viewing;
        this.remote = remote;
        this.notifier = notifier;
    }

    /** Returns those of the users who have a session, or had one on another node 10 s ago or later. Blocks for up to 1 s. */
    public Set<String> connected(Collection<String> userIds) {
        Set<String> found = new HashSet<>();
        userIds.stream().filter(userId -> !rooms.sessionsOf(userId).isEmpty()).forEach(found::add);
        elsewhere(without(userIds, found)).stream()
                .filter(other -> other.status() != Status.OFFLINE)
                .forEach(other -> found.add(other.userId()));
        return found;
    }

    /** Returns those of the users whom others see as connected, as not all show it. Blocks for up to 100 ms and the store. */
    public List<String> visible(List<String> userIds) {
        if (userIds.isEmpty()) {
            return userIds;
        }
        Set<String> hiding = hidden.among(userIds);
        return presence.presenceOf(userIds).stream()
                .filter(found -> found.status() != Status.OFFLINE && !hiding.contains(found.userId()))
                .map(Presence::userId)
                .toList();
    }

    private static List<String> without(Collection<String> userIds, Set<String> found) {
        return userIds.stream().filter(userId -> !found.contains(userId)).toList();
    }

    /** Returns the users' presence on the other nodes. */
    private List<Presence> elsewhere(List<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : remote.read(
                        userIds.stream()
                                .map(userId -> new Presence(userId, Status.OFFLINE, null))
                                .toList(),
                        MAX_READ);
    }

    /**
     * Returns those of the users of whom a session views the conversation and has not reported that the user is away.
     * Blocks for up to 2 s.
     */
    public Set<String> viewing(String conversationId, Collection<String> userIds) {
        Set<String> found = userIds.stream()
                .filter(userId -> isViewing(conversationId, userId))
                .collect(Collectors.toSet());
        Set<String> others = notifier.readViewersElsewhere(conversationId, MAX_READ);
        List<String> elsewhere =
                without(userIds, found).stream().filter(others::contains).toList();
        elsewhere(elsewhere).stream()
                .filter(other -> other.status() == Status.ONLINE)
                .forEach(other -> found.add(other.userId()));
        return found;
    }

    private boolean isViewing(String conversationId, String userId) {
        return rooms.sessionsOf(userId).stream()
                .anyMatch(session ->
                        userId.equals(viewing.viewer(conversationId, session)) && !presence.isAway(userId, session));
    }
}
