package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds one room's sessions; safe for use by several threads. */
final class Room {
    private static final int FREE_PART = 10;
    private static final long ANNOUNCEMENT_MILLIS = Duration.ofSeconds(1).toMillis();

    @GuardedBy("this")
    private final Set<Session> sessions = new LinkedHashSet<>();

    /** The number of sessions, by user. */
    @GuardedBy("this")
    private final Map<String, Integer> sessionsOf = new HashMap<>();

    private final int large;

    @GuardedBy("this")
    private boolean isLarge;

    @GuardedBy("this")
    private int anonymousSessions;

    /** The user of the room's next join or leave event, or null if none is scheduled. */
    @Nullable
    @GuardedBy("this")
    private String scheduledUserId;

    /** A copy of the sessions, or null after a change. Made only on demand: 1000 joins in a row copy no list. */
    @Nullable
    @GuardedBy("this")
    private List<Session> snapshot;

    @GuardedBy("this")
    private long announcedAt = Long.MIN_VALUE;

    /** The members that the sessions were last compared with; null if a session joined since. */
    @Nullable
    @GuardedBy("this")
    private Object comparedWith;

    /** Sessions of users who are not members but may be in the room. */
    @GuardedBy("this")
    private Set<Session> guests = Set.of();

    /**
     * Creates an empty room.
     *
     * @param large the number of sessions above which the room is large
     */
    Room(int large) {
        this.large = large;
    }

    synchronized void add(Session session) {
        if (sessions.add(session)) {
            comparedWith = null;
            count(session, 1);
            snapshot = null;
        }
    }

    /** Removes a session. Returns whether any session is left. */
    synchronized boolean remove(Session session) {
        if (sessions.remove(session)) {
            count(session, -1);
            removeGuest(session);
            snapshot = null;
        }
        return !sessions.isEmpty();
    }

    @GuardedBy("this")
    private void count(Session session, int more) {
        String userId = session.principal().userId();
        if (userId == null) {
            anonymousSessions += more;
        } else {
            sessionsOf.merge(userId, more, (before, change) -> before + change == 0 ? null : before + change);
        }
    }

    @GuardedBy("this")
    private void removeGuest(Session session) {
        if (!guests.isEmpty()) {
            guests.remove(session);
        }
    }

    /**
     * Returns the sessions that are neither members' nor guests'. Returns none if the same object was compared before.
     *
     * @param members the members by their ids
     */
    synchronized List<Session> nonMembers(Map<String, ?> members) {
        if (comparedWith == members) {
            return List.of();
        }
        comparedWith = members;
        List<Session> others = sessions.stream()
                .filter(session -> session.principal().userId() == null
                        || !members.containsKey(session.principal().userId()))
                .toList();
        Set<Session> before = guests;
        guests = others.stream().filter(before::contains).collect(Collectors.toCollection(HashSet::new));
        return others.stream().filter(session -> !before.contains(session)).toList();
    }

    /** Permits a session to stay in the room although its user is not a member. */
    synchronized void admitGuest(Session session) {
        guests = guests.isEmpty() ? new HashSet<>() : guests;
        guests.add(session);
    }

    /** Returns the number of the user's sessions in the room. */
    synchronized int sessionsOf(String userId) {
        return sessionsOf.getOrDefault(userId, 0);
    }

    /** Returns whether a join or leave event may be sent now. If so, suppresses further ones of a large room for a second. */
    synchronized boolean tryAnnounce(long nowMillis, int elsewhere) {
        boolean may = !isAnnouncementSuppressed(nowMillis, elsewhere);
        announcedAt = may ? nowMillis : announcedAt;
        return may;
    }

    /** Returns whether join and leave events are suppressed now. */
    synchronized boolean isAnnouncementSuppressed(long nowMillis, int elsewhere) {
        boolean isRecent = nowMillis >= announcedAt && nowMillis < announcedAt + ANNOUNCEMENT_MILLIS;
        return isLarge(elsewhere) && isRecent;
    }

    /**
     * Records that the room needs a join or leave event, about the user who joined or left last. Returns false if one was
     * scheduled before.
     */
    synchronized boolean scheduleAnnouncement(String userId) {
        boolean isFirst = scheduledUserId == null;
        scheduledUserId = userId;
        return isFirst;
    }

    /** Clears the scheduled event, and returns its user or null. The caller sends it now, or schedules it again. */
    synchronized @Nullable String takeAnnouncement() {
        String userId = scheduledUserId;
        scheduledUserId = null;
        return userId;
    }

    synchronized int size() {
        return sessions.size();
    }

    /** Returns the number of users in the room; each session without a user counts as one. */
    synchronized int online() {
        return sessionsOf.size() + anonymousSessions;
    }

    /**
     * Returns whether the room is large. A large room remains so until a tenth of the limit is free, so that a few
     * sessions that join and leave do not change it each time.
     *
     * @param elsewhere the number of sessions on other nodes
     */
    synchronized boolean isLarge(int elsewhere) {
        int all = sessions.size() + elsewhere;
        isLarge = all > (isLarge ? large - large / FREE_PART : large);
        return isLarge;
    }

    synchronized boolean contains(Session session) {
        return sessions.contains(session);
    }

    /** Returns the room's sessions at this moment, in order of joining. */
    synchronized List<Session> sessions() {
        if (snapshot == null) {
            snapshot = List.copyOf(sessions);
        }
        return snapshot;
    }
}
