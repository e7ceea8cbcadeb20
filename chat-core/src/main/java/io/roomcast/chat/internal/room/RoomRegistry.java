package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows which session is in which room of this server; safe for use by any thread.
 *
 * <p>A closed session is in no room, even if joins were in progress when it closed. Lock order: a session's entry, then
 * a room's or a user's.
 */
public final class RoomRegistry {
    /** Is called once for each session of a user. */
    interface UserListener {
        /** Has no effect. */
        UserListener NONE = new UserListener() {
            @Override
            public void opened(String userId) {}

            @Override
            public void closed(String userId) {}
        };

        void opened(String userId);

        void closed(String userId);
    }

    private final ConcurrentHashMap<Session, Set<String>> roomsOf = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Session>> sessionsOf = new ConcurrentHashMap<>();
    private final int roomsPerSession;
    private final int largeRoom;
    private volatile UserListener userListener = UserListener.NONE;
    private volatile Consumer<String> emptyListener = conversationId -> {};
    private volatile ToIntFunction<String> elsewhere = conversationId -> 0;

    public RoomRegistry(int roomsPerSession, int largeRoom) {
        this.roomsPerSession = roomsPerSession;
        this.largeRoom = largeRoom;
    }

    /** Sets the listener that is called with a room's id after the last session has left it. */
    void onEmpty(Consumer<String> listener) {
        emptyListener = listener;
    }

    /** Sets how to find the number of sessions in a room on other nodes. */
    void countElsewhere(ToIntFunction<String> sessions) {
        elsewhere = sessions;
    }

    /** Sets the listener of users' sessions. */
    void onSession(UserListener listener) {
        userListener = listener;
    }

    /** Registers a session, which may join rooms from now on. */
    public void open(Session session) {
        boolean[] isNew = {false};
        roomsOf.computeIfAbsent(session, opening -> {
            isNew[0] = true;
            opening.principal().knownUserId().ifPresent(userId -> addOf(userId, opening));
            return new HashSet<>();
        });
        if (isNew[0]) {
            session.principal().knownUserId().ifPresent(userListener::opened);
        }
    }

    private void addOf(String userId, Session session) {
        sessionsOf.compute(userId, (id, found) -> {
            Set<Session> sessions = found == null ? ConcurrentHashMap.newKeySet(2) : found;
            sessions.add(session);
            return sessions;
        });
    }

    /** Removes the session for ever. Returns the rooms that it was in. */
    public Set<String> close(Session session) {
        Set<String> left = new HashSet<>();
        boolean[] ends = {false};
        roomsOf.computeIfPresent(session, (ending, joined) -> {
            ends[0] = true;
            left.addAll(joined);
            joined.forEach(conversationId -> remove(conversationId, ending));
            ending.principal().knownUserId().ifPresent(userId -> removeOf(userId, ending));
            return null;
        });
        left.forEach(this::reportIfEmpty);
        if (ends[0]) {
            session.principal().knownUserId().ifPresent(userListener::closed);
        }
        return left;
    }

    /** Returns whether the session is open. State of sessions that are not open is removed on access. */
    public boolean isOpen(Session session) {
        return roomsOf.containsKey(session);
    }

    private void removeOf(String userId, Session session) {
        sessionsOf.computeIfPresent(userId, (id, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** Returns a user's sessions at this moment. */
    public List<Session> sessionsOf(String userId) {
        Set<Session> sessions = sessionsOf.get(userId);
        return sessions == null ? List.of() : List.copyOf(sessions);
    }

    /**
     * Adds the session to a room. Returns false if it is closed or there already.
     *
     * @throws ChatException {@link ErrorCode#ROOM_LIMIT} if the session is in too many rooms
     */
    public boolean join(String conversationId, Session session) {
        boolean[] joins = {false};
        roomsOf.computeIfPresent(session, (joining, joined) -> {
            joins[0] = !joined.contains(conversationId);
            if (joins[0]) {
                addTo(conversationId, joining, joined);
            }
            return joined;
        });
        return joins[0];
    }

    private void addTo(String conversationId, Session session, Set<String> joined) {
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

    /** Removes the session from a room. Returns false if it was not there. */
    public boolean leave(String conversationId, Session session) {
        boolean[] left = {false};
        roomsOf.computeIfPresent(session, (leaving, joined) -> {
            left[0] = joined.remove(conversationId);
            if (left[0]) {
                remove(conversationId, leaving);
            }
            return joined;
        });
        if (left[0]) {
            reportIfEmpty(conversationId);
        }
        return left[0];
    }

    /** Called without a lock, as the listener uses locks of its own. */
    private void reportIfEmpty(String conversationId) {
        if (!rooms.containsKey(conversationId)) {
            emptyListener.accept(conversationId);
        }
    }

    private void remove(String conversationId, Session session) {
        rooms.computeIfPresent(conversationId, (id, room) -> room.remove(session) ? room : null);
    }

    /** Returns the sessions in a room at this moment, in order of joining. */
    public List<Session> sessionsIn(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? List.of() : room.sessions();
    }

    /**
     * Returns the sessions in a room that are neither members' nor guests'. Returns none if neither the members nor the
     * room have changed since the last call.
     */
    public List<Session> nonMembers(String conversationId, Map<String, ?> members) {
        Room room = rooms.get(conversationId);
        return room == null ? List.of() : room.nonMembers(members);
    }

    /** Permits a session to stay in a room although its user is not a member. */
    public void admitGuest(String conversationId, Session session) {
        Room room = rooms.get(conversationId);
        if (room != null) {
            room.admitGuest(session);
        }
    }

    /** Returns the rooms that a session is in at this moment. */
    public Set<String> roomsOf(Session session) {
        Set<String> joined = new HashSet<>();
        roomsOf.computeIfPresent(session, (key, rooms) -> {
            joined.addAll(rooms);
            return rooms;
        });
        return joined;
    }

    /** Returns the number of the user's sessions in a room. */
    int sessionsOf(String conversationId, String userId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.sessionsOf(userId);
    }

    /** Returns whether a join or leave event may be sent now. If so, suppresses further ones of a large room for a second. */
    boolean tryAnnounce(String conversationId, long nowMillis) {
        Room room = rooms.get(conversationId);
        return room != null && room.tryAnnounce(nowMillis, elsewhere.applyAsInt(conversationId));
    }

    /** Returns whether join and leave events are suppressed now; true for an empty room. Changes nothing. */
    boolean isAnnouncementSuppressed(String conversationId, long nowMillis) {
        Room room = rooms.get(conversationId);
        return room == null || room.isAnnouncementSuppressed(nowMillis, elsewhere.applyAsInt(conversationId));
    }

    /** Returns the number of sessions in a room, without copying them. */
    public int size(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.size();
    }

    /** Returns the number of users in a room; each session without a user counts as one. */
    public int online(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? 0 : room.online();
    }

    /**
     * Returns whether the room is large on all nodes together, so that events about one user are not sent to all others.
     */
    public boolean isLarge(String conversationId) {
        Room room = rooms.get(conversationId);
        return room != null && room.isLarge(elsewhere.applyAsInt(conversationId));
    }

    /**
     * Records that a room needs a join or leave event, about the user who joined or left last. Returns false if one was
     * scheduled before, or if the room is empty.
     */
    boolean scheduleAnnouncement(String conversationId, String userId) {
        Room room = rooms.get(conversationId);
        return room != null && room.scheduleAnnouncement(userId);
    }

    /** Clears the scheduled event, and returns its user or null. The caller sends it now, or schedules it again. */
    @Nullable
    String takeAnnouncement(String conversationId) {
        Room room = rooms.get(conversationId);
        return room == null ? null : room.takeAnnouncement();
    }

    /** Returns whether the session is in a room. */
    public boolean isIn(String conversationId, Session session) {
        Room room = rooms.get(conversationId);
        return room != null && room.contains(session);
    }

    /** Returns the number of open sessions. */
    public int sessions() {
        return roomsOf.size();
    }

    /** Returns the number of users with open sessions. */
    public int users() {
        return sessionsOf.size();
    }

    /** Returns the number of rooms with sessions. */
    public int rooms() {
        return rooms.size();
    }
}
