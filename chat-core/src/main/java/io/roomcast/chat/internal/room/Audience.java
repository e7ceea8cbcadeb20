package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recipients of an event. */
public sealed interface Audience {
    /** Returns the sessions that belong to the audience now. */
    List<Session> sessions(RoomRegistry rooms);

    /** Returns whether the audience is that of a room with many sessions, which receives fewer events. */
    default boolean isLarge(RoomRegistry rooms) {
        return false;
    }

    /**
     * All sessions in a room.
     *
     * @param except a session to exclude together with all other sessions of its user, or null to exclude none
     */
    record Room(String conversationId, @Nullable Session except) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            List<Session> all = rooms.sessionsIn(conversationId);
            return except == null ? all : without(except, all);
        }

        private static List<Session> without(Session except, List<Session> all) {
            String userId = except.principal().userId();
            return all.stream()
                    .filter(session -> session != except
                            && (userId == null
                                    || !userId.equals(session.principal().userId())))
                    .toList();
        }

        @Override
        public boolean isLarge(RoomRegistry rooms) {
            return rooms.isLarge(conversationId);
        }
    }

    /**
     * All sessions in a room except those of one user.
     *
     * @param userId the user to exclude
     */
    record OtherUsers(String conversationId, String userId) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            return rooms.sessionsIn(conversationId).stream()
                    .filter(session -> !userId.equals(session.principal().userId()))
                    .toList();
        }

        @Override
        public boolean isLarge(RoomRegistry rooms) {
            return rooms.isLarge(conversationId);
        }
    }

    /**
     * The sessions in a room except one.
     *
     * @param except the session to exclude; null for none
     * @param userIds the users whose sessions belong to the audience; empty for all sessions in the room
     */
    record OtherSessions(String conversationId, @Nullable Session except, Set<String> userIds) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            List<Session> all = rooms.sessionsIn(conversationId);
            return except == null && userIds.isEmpty()
                    ? all
                    : all.stream()
                            .filter(session -> session != except && isOfUsers(session))
                            .toList();
        }

        private boolean isOfUsers(Session session) {
            String userId = session.principal().userId();
            return userIds.isEmpty() || (userId != null && userIds.contains(userId));
        }
    }

    /** All sessions of the given users. */
    record Users(Collection<String> userIds) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            return userIds.stream()
                    .distinct()
                    .flatMap(userId -> rooms.sessionsOf(userId).stream())
                    .toList();
        }
    }

    /**
     * The sessions of one user.
     *
     * @param except a session to exclude, or null
     */
    record OwnSessions(String userId, @Nullable Session except) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            List<Session> all = rooms.sessionsOf(userId);
            return except == null
                    ? all
                    : all.stream().filter(session -> session != except).toList();
        }
    }

    /** The given sessions. */
    record Sessions(List<Session> sessions) implements Audience {
        @Override
        public List<Session> sessions(RoomRegistry rooms) {
            return sessions;
        }
    }
}
