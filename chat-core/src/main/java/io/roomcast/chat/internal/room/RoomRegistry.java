package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which conversation on this server; safe for use by any thread.
 *
 * <p>Lock order: a session's entry, then a room's or a user's. A session that has ended cannot be in a room, whatever was still on
 * its way when it ended.
 */
public final class RoomRegistry {
    private final ConcurrentHashMap<Session, Set<String>> roomsOf = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Session>> sessionsOf = new ConcurrentHashMap<>();
    private final int roomsPerSession;
    private final int largeRoom;

    public RoomRegistry(int roomsPerSession, int largeRoom) {
        this.roomsPerSession = roomsPerSession;
        this.largeRoom = largeRoom;
    }

    /** Lets the session join rooms from now on. */
    public void open(Session session) {
        roomsOf.computeIfAbsent(session, opening -> {
            opening.principal().knownUserId().ifPresent(userId -> add(userId, opening));
            return new HashSet<>();
        });
    }

    private void add(String userId, Session session) {
        sessionsOf.compute(userId, (id, found) -> {
            Set<Session> sessions = found == null ? ConcurrentHashMap.newKeySet(2) : found;
            sessions.add(session);
            return sessions;
        });
    }

    /** Puts the session out of all rooms for ever, and answers which they were. */
    public Set<String> close(Session session) {
        Set<String> left = new HashSet<>();
        roomsOf.computeIfPresent(session, (ending, joined) -> {
            left.addAll(joined);
            joined.forEach(conversationId -> remove(conversationId, ending));
            ending.principal().knownUserId().ifPresent(userId -> forget(userId, ending));
            return null;
        });
        return left;
    }

    /** Whether the session has begun and not ended; what is kept of one that has not goes as soon as it is seen. */
    public boolean isOpen(Session session) {
        return roomsOf.containsKey(session);
    }

    private void forget(String userId, Session session) {
        sessionsOf.computeIfPresent(userId, (id, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** A user's sessions at this moment. */
    public List<Session> sessionsOf(String userId) {
        Set<Session> sessions = sessionsOf.get(userId);
        return sessions == null ? List.of() : List.copyOf(sessions);
    }

    /** Puts the session into a room; false if it has ended or is there already. */
    public boolean join(String conversationId, Session session) {
        boolean[] entered = {false};
        roomsOf.computeIfPresent(session, (joining, joined) -> {
            entered[0] = !joined.contains(conversationId);
            if (entered[0]) {
                admit(conversationId, joining, joined);
            }
            return joined;
        });
        return entered[0];
    }

    private void admit(String conversationId, Session session, Set<String> joined) {
        if (joined.size() >= roomsPerSession) {
            throw ChatException.of(ErrorCode.ROOM_LIMIT);
        }
        joined.add(conversationId);
        rooms.compute(conversationId, (id, found) -> {
            Room room = found == null ? new Room(largeRoom) : found;
            room.add(session);
            return room;
        });
    }

    /** Puts the session out of a room; false if it was not there. */
    public boolean leave(String conversationId, Session session) {
        boolean[] left = {false};
        roomsOf.computeIfPresent(session, (leaving, joined) -> {
            left[0] = joined.remove(conversationId);
            if (left[0]) {
                remove(conversationId, leaving);
            }
            return joined;
        });
        return left[0];
    }

    private void remove(String conversationId, Session session) {
        rooms.computeIfPresent(conversationId, (id, room) -> room.remove(session) ? room : null);
    }

    /** The sessions in a room at this moment. */
    public List<Session> members(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? List.of() : room.members();
    }

    /**
     * Returns the sessions in a room that are neither members' nor guests'. Returns none if neither the members nor the
     * room have changed since the last call.
     */
    public List<Session> strangers(String conversationId, Map<String, ?> members) {
        Room room = rooms.get(conversationId);
        return room == null ? List.of() : room.strangers(members);
    }

    /** Permits a session to stay in a room although its user is not a member. */
    public void admitGuest(String conversationId, Session session) {
        Room room = rooms.get(conversationId);
        if (room != null) {
            room.admitGuest(session);
        }
    }

    /** The rooms that a session is in at this moment. */
    public Set<String> roomsOf(Session session) {
        Set<String> joined = new HashSet<>();
        roomsOf.computeIfPresent(session, (key, rooms) -> {
            joined.addAll(rooms);
            return rooms;
        });
        return joined;
    }

    /** How many of a user's sessions are in a room. */
    int count(String conversationId, String userId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.sessionsOf(userId);
    }

    /** Whether a room may be told now who comes or goes; false for one that nobody is in. */
    boolean mayAnnounce(String conversationId, long nowMillis) {
        Room room = rooms.get(conversationId);
        return room != null && room.mayAnnounce(nowMillis);
    }

    /** Whether there is nobody in a room who would be told now who comes or goes; unlike the other it changes nothing. */
    boolean isHushed(String conversationId, long nowMillis) {
        Room room = rooms.get(conversationId);
        return room == null || room.isHushed(nowMillis);
    }

    /** How many sessions are in a room; unlike asking who they are, this copies nothing. */
    public int size(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.size();
    }

    /** Returns the number of users in a room; each session without a user counts as one. */
    public int online(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.online();
    }

    /** Returns whether the room is large, so that events about one user are not sent to all others. */
    public boolean isLarge(String conversationId) {
        Room room = rooms.get(conversationId);
        return room != null && room.isLarge();
    }

    /**
     * Notes that a room needs an event with its number of users, about the user who joined or left last. Returns false
     * if an event was noted before, or if the room is empty.
     */
    boolean owes(String conversationId, String userId) {
        Room room = rooms.get(conversationId);
        return room != null && room.owes(userId);
    }

    /** Clears the note, and returns its user or null. The caller sends the event now, or notes it again. */
    @Nullable
    String pays(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? null : room.pays();
    }

    /** Returns whether the session is in a room. */
    public boolean isIn(String conversationId, Session session) {
        Room room = rooms.get(conversationId);
        return room != null && room.contains(session);
    }

    /** Notes up to where those in a room know by themselves what happened. */
    public void start(String conversationId, Position position) {
        Room room = rooms.get(conversationId);
        if (room != null) {
            room.start(position);
        }
    }

    /** Notes that a room hears of a message now; answers which one it had heard of last, if that is known. */
    long tell(String conversationId, long seq) {
        Room room = rooms.get(conversationId);
        return room == null ? Room.UNKNOWN : room.tell(seq);
    }

    /** The newest message that a room has heard of, or {@link Room#UNKNOWN}. */
    public long heard(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? Room.UNKNOWN : room.heard();
    }

    /** Returns whether a room lacks messages up to a position. */
    public boolean isBehind(String conversationId, Position head) {
        long heard = heard(conversationId);
        return heard != Room.UNKNOWN && heard < head.seq();
    }

    /** Returns the position up to which a room has received all events; null if unknown or if the room is empty. */
    @Nullable
    public Position position(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? null : room.position();
    }

    /** Notes that a room hears of a change now; answers which one it had heard of last, if that is known. */
    long tellChange(String conversationId, long version) {
        Room room = rooms.get(conversationId);
        return room == null ? Room.UNKNOWN : room.tellChange(version);
    }

    public int sessions() {
        return roomsOf.size();
    }

    /** How many users have sessions. */
    public int users() {
        return sessionsOf.size();
    }

    public int rooms() {
        return rooms.size();
    }
}
