package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Position;
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

/** The sessions of one room; safe for use by several threads. */
public final class Room {
    /** The answer of {@link #tell} and {@link #tellChange} where nothing is known of what the room has heard. */
    public static final long UNKNOWN = -1;

    private static final long ANNOUNCEMENT_MILLIS = Duration.ofSeconds(1).toMillis();

    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<String, Integer> sessionsOf = new HashMap<>();
    private final int large;
    private int anonymous;

    /** The user whom the room's next event about joins and leaves is about, or null if none is needed. */
    @Nullable
    private String owed;

    /** Made anew only when somebody asks after a change, so that a thousand joins do not copy a thousand lists. */
    @Nullable
    private List<Session> snapshot;

    private long told = UNKNOWN;
    private long announcedAt = Long.MIN_VALUE;
    private long toldVersion = UNKNOWN;

    /**
     * An empty room.
     *
     * @param large a room with more sessions is large
     */
    Room(int large) {
        this.large = large;
    }

    /** The members that the sessions were last compared with; null if a session joined since. */
    @Nullable
    private Object comparedWith;

    /** Sessions of users who are not members but may be in the room. */
    private Set<Session> guests = Set.of();

    synchronized void add(Session session) {
        if (sessions.add(session)) {
            comparedWith = null;
            count(session, 1);
            snapshot = null;
        }
    }

    /** Whether somebody is left. */
    synchronized boolean remove(Session session) {
        if (sessions.remove(session)) {
            count(session, -1);
            leave(session);
            snapshot = null;
        }
        return !sessions.isEmpty();
    }

    /**
     * Returns the sessions that are neither members' nor guests'. Returns none if the same object was compared before.
     *
     * @param members the members by their ids
     */
    synchronized List<Session> strangers(Map<String, ?> members) {
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

    private void count(Session session, int more) {
        String userId = session.principal().userId();
        if (userId == null) {
            anonymous += more;
        } else {
            sessionsOf.merge(userId, more, (before, change) -> before + change == 0 ? null : before + change);
        }
    }

    private void leave(Session guest) {
        if (!guests.isEmpty()) {
            guests.remove(guest);
        }
    }

    /** How many of a user's sessions are here. */
    synchronized int sessionsOf(String userId) {
        return sessionsOf.getOrDefault(userId, 0);
    }

    /** Whether it may be told now who comes or goes; if so, a large room is told no more for a second. */
    synchronized boolean mayAnnounce(long nowMillis) {
        boolean may = !isHushed(nowMillis);
        announcedAt = may ? nowMillis : announcedAt;
        return may;
    }

    /** Whether it would be told of nobody now. */
    synchronized boolean isHushed(long nowMillis) {
        boolean isRecent = nowMillis >= announcedAt && nowMillis < announcedAt + ANNOUNCEMENT_MILLIS;
        return isLarge() && isRecent;
    }

    /**
     * Notes that the room needs an event with its number of users, about the user who joined or left last. Returns false
     * if an event was noted before.
     */
    synchronized boolean owes(String userId) {
        boolean isFirst = owed == null;
        owed = userId;
        return isFirst;
    }

    /** Clears the note, and returns its user or null. The caller sends the event now, or notes it again. */
    synchronized @Nullable String pays() {
        String userId = owed;
        owed = null;
        return userId;
    }

    synchronized int size() {
        return sessions.size();
    }

    /** Returns the number of users in the room; each session without a user counts as one. */
    synchronized int online() {
        return sessionsOf.size() + anonymous;
    }

    synchronized boolean isLarge() {
        return sessions.size() > large;
    }

    synchronized boolean contains(Session session) {
        return sessions.contains(session);
    }

    synchronized List<Session> members() {
        if (snapshot == null) {
            snapshot = List.copyOf(sessions);
        }
        return snapshot;
    }

    /** Notes that whoever comes in hears of what follows the given place, unless more is known already. */
    synchronized void start(Position position) {
        told = told == UNKNOWN ? position.seq() : told;
        toldVersion = toldVersion == UNKNOWN ? position.version() : toldVersion;
    }

    /** Notes that the room hears of a message now; answers which one it had heard of last. */
    synchronized long tell(long seq) {
        long before = told;
        told = Math.max(told, seq);
        return before;
    }

    /** The newest message that the room has heard of. */
    synchronized long heard() {
        return told;
    }

    /** Returns the position up to which the room has received all events, or null if unknown. */
    @Nullable
    synchronized Position position() {
        return told == UNKNOWN || toldVersion == UNKNOWN ? null : new Position(told, toldVersion);
    }

    /** Notes that the room hears of a change now; answers which one it had heard of last. */
    synchronized long tellChange(long version) {
        long before = toldVersion;
        toldVersion = Math.max(toldVersion, version);
        return before;
    }
}
