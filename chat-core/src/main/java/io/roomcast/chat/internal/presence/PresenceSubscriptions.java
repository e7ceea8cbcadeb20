package io.roomcast.chat.internal.presence;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which sessions want to hear of which users; safe for use by any thread. */
public final class PresenceSubscriptions {
    /** How many users one session may watch. */
    public static final int MOST_WATCHED = 200;

    private final Map<Session, Set<String>> watched = new HashMap<>();
    private final Map<String, Set<Session>> watchers = new HashMap<>();

    /** The session hears of all of the users from now on, or of none more if that were too many. */
    synchronized void watch(Session session, Collection<String> userIds) {
        Set<String> all = new HashSet<>(watched.getOrDefault(session, Set.of()));
        all.addAll(userIds);
        if (all.size() > MOST_WATCHED) {
            throw ChatException.of(ErrorCode.SUBSCRIPTION_LIMIT);
        }
        watched.put(session, all);
        userIds.forEach(userId ->
                watchers.computeIfAbsent(userId, id -> new HashSet<>()).add(session));
    }

    synchronized void unwatch(Session session, Collection<String> userIds) {
        userIds.forEach(userId -> forget(userId, session));
        watched.computeIfPresent(session, (key, all) -> {
            all.removeAll(userIds);
            return all.isEmpty() ? null : all;
        });
    }

    /** The session is over. */
    synchronized void end(Session session) {
        Set<String> all = watched.remove(session);
        if (all != null) {
            all.forEach(userId -> forget(userId, session));
        }
    }

    /** Removes all watchers of the user. */
    synchronized void forget(String userId) {
        Set<Session> sessions = watchers.remove(userId);
        if (sessions != null) {
            sessions.forEach(session -> watched.computeIfPresent(session, (key, all) -> {
                all.remove(userId);
                return all.isEmpty() ? null : all;
            }));
        }
    }

    private void forget(String userId, Session session) {
        watchers.computeIfPresent(userId, (id, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** Who wants to hear of a user. */
    synchronized List<Session> of(String userId) {
        return List.copyOf(watchers.getOrDefault(userId, Set.of()));
    }

    /** How many sessions watch, and how many users are watched. */
    synchronized int size() {
        return watched.size() + watchers.size();
    }
}
